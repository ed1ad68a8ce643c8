import type { SignatureNumbers } from './secret-part.ts';
import type { RemoteKey } from './signer-question.ts';

/** Base64 of the largest signature, wrapped, is far below; more is no signature. */
export const largestAnswer = 64 * 1024;

/**
 * The numbers in a signer's answer: raw, or as base64 with any blanks and line ends. RSA: as long as the modulus; Ed25519: 64 bytes;
 * ECDSA: two coordinates, or DER (RFC 3279, section 2.2.3). Text that says what is wrong with it where it is none of these.
 */
export function readAnswer(answer: Uint8Array, key: RemoteKey): SignatureNumbers | string {
  if (answer.length === 0) return 'it answered nothing';
  for (const bytes of [answer, ...base64In(answer)]) {
    const numbers = numbersIn(bytes, key);
    if (numbers !== undefined) return numbers;
  }
  return `it answered ${answer.length} bytes, which are no ${shapes[key.algorithm](key.size)}, nor base64 of one`;
}

const shapes = {
  rsa: (size: number) => `RSA signature of ${size} bytes`,
  ed25519: () => 'Ed25519 signature of 64 bytes',
  ecdsa: (size: number) => `ECDSA signature, ${2 * size} bytes or DER`,
} as const;

function base64In(answer: Uint8Array): readonly Buffer[] {
  const text = Buffer.from(answer).toString('latin1').replace(/\s+/g, '');
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? [Buffer.from(text, 'base64')] : [];
}

function numbersIn(bytes: Uint8Array, { algorithm, size }: RemoteKey): SignatureNumbers | undefined {
  switch (algorithm) {
    case 'rsa':
      return bytes.length === size ? [bytes] : undefined;
    case 'ed25519':
    case 'ecdsa':
      if (bytes.length === 2 * size) return [bytes.subarray(0, size), bytes.subarray(size)];
      return algorithm === 'ecdsa' ? derNumbers(bytes, size) : undefined;
  }
}

/** SEQUENCE of two positive INTEGERs, and nothing after them. */
function derNumbers(bytes: Uint8Array, size: number): SignatureNumbers | undefined {
  const sequence = derValue(bytes, 0, 0x30);
  if (sequence === undefined || sequence.end !== bytes.length) return undefined;
  const r = derValue(sequence.value, 0, 0x02);
  const s = r === undefined ? undefined : derValue(sequence.value, r.end, 0x02);
  if (r === undefined || s === undefined || s.end !== sequence.value.length) return undefined;
  // One byte more than a coordinate: a leading zero keeps the number positive.
  const fits = [r, s].every(({ value }) => value.length > 0 && value.length <= size + 1 && (value[0] ?? 0) < 0x80);
  return fits ? [r.value, s.value] : undefined;
}

/** Lengths below 256 are enough for every curve. */
function derValue(bytes: Uint8Array, at: number, tag: number): { readonly value: Uint8Array; readonly end: number } | undefined {
  const [found, first = 0, second = 0] = bytes.subarray(at, at + 3);
  if (found !== tag || first > 0x81 || first === 0x80) return undefined;
  const [start, length] = first === 0x81 ? [at + 3, second] : [at + 2, first];
  const end = start + length;
  return end <= bytes.length ? { value: bytes.subarray(start, end), end } : undefined;
}
