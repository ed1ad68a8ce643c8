import { packetHead } from './packet-head.ts';

/** What of a pasted OpenPGP secret key is secret. The rest stands in the public key as well: whoever hides it hides what users need. */
export interface KeyMaterial {
  /** Texts of one line that hold secret bytes: as pasted, and wrapped as gpg and base64 wrap. What stands around the key is none. */
  readonly lines: readonly string[];
  /** The secret bytes of each key and subkey, as they were pasted: locked by a passphrase, or in the clear. */
  readonly parts: readonly Uint8Array[];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const block = /-----BEGIN PGP PRIVATE KEY BLOCK-----([\s\S]*?)(?:-----END PGP PRIVATE KEY BLOCK-----|$)/g;
const base64Line = /^[A-Za-z0-9+/]+={0,2}$/;
/** Widths of gpg's armor and of base64. */
const widths = [64, 76] as const;

/**
 * Finds the secret bytes in a key as people store it: armored, with `\n` written out, or base64 of the block or of the binary export.
 * Of a damaged block every line counts. undefined: no secret key is in the text.
 */
export function keyMaterialOf(text: string): KeyMaterial | undefined {
  const isArmored = text.includes('-----BEGIN');
  const binary = isArmored ? undefined : decodeBase64(text);
  const bodies = blocksOf(isArmored ? text : (binary?.toString('utf8') ?? ''));
  const own = text.trim().includes('\n') ? [] : [text];
  if (bodies.length > 0) {
    const found = bodies.map((lines) => materialOf(Buffer.from(lines.join(''), 'base64'), lines));
    const encoded = isArmored ? [] : [...linesOf(text), ...widths.flatMap((width) => wrap(text.replace(/\s+/g, ''), width))];
    return { lines: [...own, ...encoded, ...found.flatMap(({ lines }) => lines)], parts: found.flatMap(({ parts }) => parts) };
  }
  if (binary === undefined || (secretRanges(binary) ?? []).length === 0) return undefined;
  const { lines, parts } = materialOf(binary, linesOf(text));
  return { lines: [...own, ...lines], parts };
}

/** The base64 lines of each block. */
function blocksOf(text: string): string[][] {
  const plain = text.replaceAll('\\r', '').replaceAll('\\n', '\n');
  return [...plain.matchAll(block)].map(([, body = '']) => linesOf(body));
}

function wrap(text: string, width: number): string[] {
  return text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
}

function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/[\s\ufeff]+/g, '');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

/** Lines of base64, also where blanks took the place of line ends; headers and the checksum of a block are none. */
function linesOf(body: string): string[] {
  return body
    .replace(/^\s*[A-Za-z][A-Za-z0-9-]*: .*$/gm, '')
    .split(/\s+/)
    .filter((line) => base64Line.test(line));
}

function materialOf(bytes: Buffer, pasted: readonly string[]): KeyMaterial {
  const ranges = secretRanges(bytes);
  if (ranges === undefined) return { lines: pasted, parts: [] };
  const whole = bytes.toString('base64');
  const wrapped = widths.map((width) => wrap(whole, width));
  return {
    lines: [...new Set([pasted, ...wrapped].flatMap((lines) => linesWithin(lines, ranges)))],
    parts: ranges.map(({ start, end }) => bytes.subarray(start, end)),
  };
}

/** Lines of base64 of which at least one character comes from the ranges. */
function linesWithin(lines: readonly string[], ranges: readonly Range[]): readonly string[] {
  let at = 0;
  return lines.filter((line) => {
    const from = (at * 3) / 4;
    at += line.length;
    const to = (at * 3) / 4;
    return ranges.some(({ start, end }) => from < end && to > start);
  });
}

/** Where the secret parts of key packets are (RFC 9580, sections 4.2 and 5.5.3); undefined when these are not whole packets. */
function secretRanges(bytes: Buffer): Range[] | undefined {
  const ranges: Range[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = packetHead(bytes, at);
    if (head === undefined) return undefined;
    const { tag, start, length } = head;
    const end = start + length;
    // Where a head is cut off, its length is no number.
    if (!(length > 0 && end <= bytes.length)) return undefined;
    if (tag === 5 || tag === 7) ranges.push({ start: publicEnd(bytes, start, end), end });
    at = end;
  }
  return ranges;
}

/** Big endian; no number beyond the end. */
function number(bytes: Buffer, at: number, size: number): number {
  return at + size <= bytes.length ? bytes.readUIntBE(at, size) : Number.NaN;
}

/** Numbers of the public part by algorithm: how many multiprecision integers, and whether a curve stands before and a key wrapping after. */
const publicParts: Readonly<Record<number, { readonly integers: number; readonly curve?: true; readonly wrapping?: true }>> = {
  1: { integers: 2 },
  2: { integers: 2 },
  3: { integers: 2 },
  16: { integers: 3 },
  17: { integers: 4 },
  18: { integers: 1, curve: true, wrapping: true },
  19: { integers: 1, curve: true },
  22: { integers: 1, curve: true },
};

/** End of what a public key packet holds as well; for unknown versions and algorithms the packet's start, so that nothing is missed. */
function publicEnd(bytes: Buffer, start: number, end: number): number {
  const parts = publicParts[number(bytes, start + 5, 1)];
  if (number(bytes, start, 1) !== 4 || parts === undefined) return start;
  let at = start + 6;
  if (parts.curve) at += 1 + number(bytes, at, 1);
  for (let count = 0; count < parts.integers; count += 1) at += 2 + Math.ceil(number(bytes, at, 2) / 8);
  if (parts.wrapping) at += 1 + number(bytes, at, 1);
  return at < end ? at : start;
}
