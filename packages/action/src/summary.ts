import type { Summary } from './host.ts';

/** The runner refuses a summary above 1 MiB per step; room is left for the note that says so. */
const maxBytes = 1024 * 1024 - 1024;

/** Collects Markdown, cut at a block's border to what a runner keeps; the cut is said. */
export class SummaryText implements Summary {
  readonly #blocks: string[] = [];
  #bytes = 0;
  #dropped = 0;

  add(markdown: string): void {
    const block = `${markdown.trimEnd()}\n`;
    const bytes = Buffer.byteLength(block) + 1;
    if (this.#bytes + bytes > maxBytes) {
      this.#dropped += 1;
      return;
    }
    this.#bytes += bytes;
    this.#blocks.push(block);
  }

  get text(): string {
    const note = this.#dropped === 0 ? [] : [`_${this.#dropped} more parts did not fit: a summary holds at most 1 MiB._\n`];
    return [...this.#blocks, ...note].join('\n');
  }
}
