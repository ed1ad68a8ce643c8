import { LiveLine, type TerminalStream } from '@release-kit/action/live-line';

/** Milliseconds between two lines of a log. */
const pause = 15_000;

/** How far a long work has come: on a terminal a last line that changes, in a log a line now and then. */
export class Progress {
  readonly #stream: TerminalStream;
  readonly #what: string;
  readonly #all: number;
  readonly #now: () => number;
  readonly #live: LiveLine;
  #done = 0;
  #told: number;

  /** `what`: `planted defects tried`, in `12 of 340 planted defects tried`. */
  constructor(stream: TerminalStream, what: string, all: number, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#what = what;
    this.#all = all;
    this.#now = now;
    this.#told = now();
    this.#live = new LiveLine(stream, stream.isTTY === true, now);
    this.#live.start(what);
  }

  /** One more is done. */
  step(name: string): void {
    this.#done += 1;
    const count = `${this.#done} of ${this.#all}`;
    this.#live.update(`${count}: ${name}`);
    if (this.#stream.isTTY === true || this.#now() - this.#told < pause) return;
    this.#told = this.#now();
    this.#stream.write(`${count} ${this.#what}\n`);
  }

  /** Writes a line that stays. */
  print(line: string): void {
    this.#live.print(line);
  }

  /** Takes the changing line away, for good. */
  end(): void {
    this.#live.stop(this.#what);
  }
}
