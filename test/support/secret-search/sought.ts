/** Something that must not be seen anywhere. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A piece of a secret in one encoding; latin1 where it is text. */
export interface Needle {
  readonly secret: string;
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

/** Base64 wrapped at any width is found by pieces that are shorter than a line. */
export type Encoding = 'raw' | 'base64' | 'base64url' | 'hex' | 'upper-case hex' | 'URL' | 'JSON' | 'reversed';

export interface Hit {
  readonly place: string;
  readonly secret: string;
  readonly encoding: Encoding;
}

/** Bytes of a piece: long enough that chance does not make it, short enough that half a secret is found. */
const size = 16;

/** Pieces of each secret in eight encodings. */
export function needlesOf(secrets: readonly Secret[]): readonly Needle[] {
  if (secrets.some(({ bytes }) => bytes.length < 8)) throw new Error('what is so short is found anywhere');
  return secrets.flatMap(({ name, bytes }) => {
    const needles = new Map<string, Needle>();
    for (const [encoding, form] of formsOf(Buffer.from(bytes)))
      if (!needles.has(form.toString('latin1'))) needles.set(form.toString('latin1'), { secret: name, encoding, bytes: form });
    return [...needles.values()];
  });
}

/** Which secrets are in these bytes, each once for an encoding. */
export function hitsIn(place: string, bytes: Buffer, needles: readonly Needle[]): readonly Hit[] {
  const hits = new Map<string, Hit>();
  for (const { secret, encoding, bytes: needle } of needles)
    if (bytes.includes(needle)) hits.set(`${secret} ${encoding}`, { place, secret, encoding });
  return [...hits.values()];
}

function* formsOf(bytes: Buffer): Generator<readonly [Encoding, Buffer]> {
  for (const piece of piecesOf(bytes)) {
    yield ['raw', piece];
    yield ['reversed', Buffer.from(piece).reverse()];
    yield ['hex', Buffer.from(piece.toString('hex'))];
    yield ['upper-case hex', Buffer.from(piece.toString('hex').toUpperCase())];
    for (const text of base64Of(piece)) {
      yield ['base64', Buffer.from(text)];
      yield ['base64url', Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'))];
    }
  }
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return;
  for (const piece of piecesOf(Buffer.from(encodeURIComponent(text)))) yield ['URL', piece];
  for (const piece of piecesOf(Buffer.from(JSON.stringify(text).slice(1, -1)))) yield ['JSON', piece];
}

/** Overlapping pieces; of a long secret one in each line that gpg would write of it. */
function piecesOf(bytes: Buffer): readonly Buffer[] {
  if (bytes.length <= size + 8) return [bytes];
  const step = bytes.length <= 128 ? 4 : 48;
  const count = Math.floor((bytes.length - size) / step) + 1;
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * step, index * step + size));
}

/** Base64 of the piece at each of the three offsets in a longer text, without the letters that its neighbours change. */
function base64Of(piece: Buffer): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), piece]).toString('base64');
    return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + piece.length) * 4) / 3));
  });
}
