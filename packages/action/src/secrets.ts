import { keyMaterialOf } from './key-material.ts';

/** Shorter texts are not masked: they would blank out ordinary words. */
export const shortestMasked = 8;
/** Halves are masked only where half of a secret is no ordinary word. */
const shortestHalved = 32;
/** Lines of armored keys that are no secret and would blank out harmless text. */
const armorFrame = /^(-----(BEGIN|END) [A-Z ]+-----|(Version|Comment|Hash|Charset|MessageID): .*)$/;

/** Knows every secret of this process and blanks them out of text, in the forms they usually take. */
export class Secrets {
  readonly #known = new Set<string>();
  /** What a runner masks of its own accord when the secret is one of the repository's. */
  readonly #lines = new Set<string>();
  /** Forms by their first characters, longest first. */
  readonly #byStart = new Map<string, string[]>();
  /** One bit for each hash of a start, so that most positions of a text cost one look. */
  readonly #starts = new Uint8Array(1 << 16);

  /**
   * Returns the single-line forms that are new, for the runner to mask as well. It makes base64, JSON and URL forms of
   * each itself (actions/runner, ValueEncoders), and would mask every short line of a text of several lines. Of an OpenPGP
   * key only what is secret counts, in its text and in its bytes.
   */
  add(secret: string): string[] {
    for (const line of linesOf(secret)) if (line !== '') this.#lines.add(line);
    const material = keyMaterialOf(secret);
    const plain = long(material?.lines ?? plainLines(secret));
    if (plain.length === 0) return [];
    const encoded = plain.flatMap((line) => [hex(line), hex(line).toUpperCase(), bytesOf(line).toString('base64url')]);
    const wrapped = [64, 76].flatMap((width) => wrap(bytesOf(secret).toString('base64'), width));
    const bytes = (material?.parts ?? []).flatMap((part) => {
      const forms = [hexOf(part), hexOf(part).toUpperCase(), ...shifted(part)];
      return [...forms, ...forms.flatMap(halves)];
    });
    const forRunner = long([...plain, ...encoded, ...wrapped, ...bytes]).filter((form) => !form.includes('\n') && !this.#known.has(form));
    const others = [secret, ...plain].flatMap((text) => [
      text,
      ...shifted(bytesOf(text)),
      url(text),
      JSON.stringify(text).slice(1, -1),
      reversed(text),
      // Half of a line of a key may be half of a line of the public key.
      ...(material === undefined ? halves(text) : []),
    ]);
    for (const form of long([...forRunner, ...others, hex(secret), bytesOf(secret).toString('base64url')])) this.#learn(form);
    return [...new Set(forRunner)];
  }

  /**
   * Whether the runner would drop an output with this value: it masks each line of a secret, however short or public
   * (actions/runner, ActionCommandManager and JobExtension), and what holds a mask reaches no other job.
   */
  isIn(value: string): boolean {
    return this.redact(value) !== value || [...this.#lines].some((line) => value.includes(line));
  }

  /** Linear in the text, however many forms are known. */
  redact(text: string): string {
    if (this.#known.size === 0) return text;
    let result = '';
    let copied = 0;
    for (let at = 0; at + shortestMasked <= text.length; ) {
      const length = this.#starts[hashAt(text, at)] === 1 ? this.#lengthAt(text, at) : 0;
      if (length === 0) {
        at += 1;
        continue;
      }
      result += `${text.slice(copied, at)}***`;
      at += length;
      copied = at;
    }
    return copied === 0 ? text : result + text.slice(copied);
  }

  #lengthAt(text: string, at: number): number {
    const forms = this.#byStart.get(text.slice(at, at + shortestMasked)) ?? [];
    return forms.find((form) => text.startsWith(form, at))?.length ?? 0;
  }

  #learn(form: string): void {
    if (this.#known.has(form)) return;
    this.#known.add(form);
    const start = form.slice(0, shortestMasked);
    const forms = [...(this.#byStart.get(start) ?? []), form].sort((a, b) => b.length - a.length);
    this.#byStart.set(start, forms);
    this.#starts[hashAt(form, 0)] = 1;
  }
}

function hashAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) * 31 ** 3 + text.charCodeAt(at + 1) * 31 ** 2 + text.charCodeAt(at + 2) * 31 + text.charCodeAt(at + 3)) & 0xffff
  );
}

const long = (forms: readonly string[]): string[] => forms.filter((form) => form.trim().length >= shortestMasked);
const bytesOf = (text: string): Buffer => Buffer.from(text);
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const hex = (text: string): string => hexOf(Buffer.from(text));
const url = (text: string): string => encodeURIComponent(text.toWellFormed());
const reversed = (text: string): string => [...text].reverse().join('');

const linesOf = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trim());

function plainLines(secret: string): string[] {
  const lines = linesOf(secret).filter((line) => !armorFrame.test(line));
  return [...lines, ...(lines.length > 1 ? [] : [secret])];
}

/** Base64 of the bytes wherever they stand among others: at each of the three offsets, without the characters that neighbours change. */
function shifted(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    const inner = whole.slice(from, to);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function wrap(text: string, width: number): string[] {
  return text.length <= width ? [text] : (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
}

function halves(text: string): string[] {
  if (text.length < shortestHalved) return [];
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}
