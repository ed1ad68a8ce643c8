/** What is needed of process.stdout, so that a test can listen. */
export interface Listener {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Milliseconds between two lines of a log. */
const pause = 15_000;

/** How far a long work has come: on a terminal a last line that changes, in a log a line now and then. */
export class Progress {
  readonly #stream: Listener;
  readonly #what: string;
  readonly #all: number;
  readonly #now: () => number;
  #done = 0;
  #told: number;

  /** `what`: `planted defects tried`, in `12 of 340 planted defects tried`. */
  constructor(stream: Listener, what: string, all: number, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#what = what;
    this.#all = all;
    this.#now = now;
    this.#told = now();
  }

  /** One more is done. */
  step(name: string): void {
    this.#done += 1;
    const line = `${this.#done} of ${this.#all} ${this.#what}`;
    if (this.#stream.isTTY === true) {
      // One column stays free: a full row makes some terminals go to the next one.
      this.#stream.write(`\r\u001b[K${`… ${line}: ${name}`.slice(0, (this.#stream.columns ?? 80) - 1)}`);
    } else if (this.#now() - this.#told >= pause) {
      this.#told = this.#now();
      this.#stream.write(`${line}\n`);
    }
  }

  /** Writes a line that stays. */
  print(line: string): void {
    this.clear();
    this.#stream.write(`${line}\n`);
  }

  /** Takes the changing line away. */
  clear(): void {
    if (this.#stream.isTTY === true) this.#stream.write('\r\u001b[K');
  }
}
