import type { Summary } from './host.ts';

/** The runner refuses a summary above 1 MiB per step; room is left for the note that says what did not fit. */
const maxBytes = 1024 * 1024 - 1024;
/** Kept back for the reason why the step failed. */
const reservedBytes = 32 * 1024;

/** Collects Markdown, cut at a block's border to what a runner keeps; the cut is said. */
export class SummaryText implements Summary {
  readonly #redact: (text: string) => string;
  readonly #blocks: string[] = [];
  #bytes = 0;
  #dropped = 0;

  /** `redact` is applied when the text is read, so that secrets learnt later are found as well. */
  constructor(redact: (text: string) => string = (text) => text) {
    this.#redact = redact;
  }

  add(markdown: string): void {
    // After the first that does not fit, the order would lie.
    if (this.#dropped > 0 || !this.#fits(markdown, maxBytes - reservedBytes)) this.#dropped += 1;
  }

  /** The last words, for which room was kept. */
  addLast(markdown: string): void {
    if (!this.#fits(markdown, maxBytes)) this.#dropped += 1;
  }

  get text(): string {
    const note = this.#dropped === 0 ? [] : [`_${this.#dropped} more parts did not fit: a summary holds at most 1 MiB._\n`];
    return this.#redact([...this.#blocks, ...note].join('\n'));
  }

  #fits(markdown: string, limit: number): boolean {
    const block = `${markdown.trimEnd()}\n`;
    const bytes = Buffer.byteLength(block) + 1;
    if (this.#bytes + bytes > limit) return false;
    this.#bytes += bytes;
    this.#blocks.push(block);
    return true;
  }
}
