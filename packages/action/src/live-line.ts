import { columnsOf, fitColumns } from './display-width.ts';

/** What is needed of process.stdout, so that tests can listen. */
export interface TerminalStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const redrawMilliseconds = 250;

/**
 * The last line of a terminal, redrawn four times a second: step, time, what it is doing. Where `live` is false, only
 * the lines above it are written, and no escape sequence at all.
 */
export class LiveLine {
  readonly #stream: TerminalStream;
  readonly #live: boolean;
  readonly #now: () => number;
  #steps: { readonly name: string; readonly start: number }[] = [];
  #doing = '';
  #drawn = '';
  #drawnAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TerminalStream, live: boolean, now: () => number) {
    this.#stream = stream;
    this.#live = live;
    this.#now = now;
  }

  /** Writes a line that stays, above the live one. */
  print(line: string): void {
    this.#stream.write(`${this.#erasure()}${line}\n${this.#next()}`);
  }

  /** Begins a step; steps may be inside one another, the innermost is shown. */
  start(name: string): void {
    this.#steps.push({ name, start: this.#now() });
    this.#doing = '';
    if (!this.#live) return;
    this.#timer ??= setInterval(() => this.#redraw(), redrawMilliseconds).unref();
    this.#redraw();
  }

  /** Ends the innermost step of this name. */
  stop(name: string): void {
    const index = this.#steps.findLastIndex((step) => step.name === name);
    if (index >= 0) this.#steps.splice(index, 1);
    this.#doing = '';
    if (this.#steps.length === 0) this.clear();
  }

  update(doing: string): void {
    this.#doing = doing;
    // A busy step says more than anyone can read; the timer shows the last of it.
    if (this.#live && this.#now() - this.#drawnAt >= redrawMilliseconds) this.#redraw();
  }

  /** Takes the live line away and stops redrawing. */
  clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#drawn !== '') this.#stream.write(this.#erasure());
    this.#drawn = '';
  }

  #redraw(): void {
    if (this.#live) this.#stream.write(this.#erasure() + this.#next());
  }

  /** Back to the start of what is drawn: a terminal made narrower since has broken it into rows. */
  #erasure(): string {
    if (this.#drawn === '') return '';
    const width = [...this.#drawn].reduce((sum, character) => sum + columnsOf(character), 0);
    const rows = Math.ceil(width / this.#columns());
    return `\r${rows > 1 ? `\u001b[${rows - 1}A` : ''}\u001b[J`;
  }

  #next(): string {
    const step = this.#steps.at(-1);
    this.#drawnAt = this.#now();
    const elapsed = step === undefined ? '' : secondsWords(this.#now() - step.start);
    // One column stays free: a full row makes some terminals go to the next one.
    this.#drawn =
      !this.#live || step === undefined
        ? ''
        : fitColumns(`… ${step.name} (${elapsed})${this.#doing === '' ? '' : ` ${this.#doing}`}`, this.#columns() - 1);
    return this.#drawn;
  }

  #columns(): number {
    const { columns } = this.#stream;
    return columns === undefined || columns < 2 ? 80 : columns;
  }
}

/** `12.3 s`, `4 min 05 s` */
export function secondsWords(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
