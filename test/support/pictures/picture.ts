import { inflateSync } from 'node:zlib';

/** Colours of a picture, row by row, three bytes a point. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly points: Uint8Array;
}

/** Reads a PNG of eight bits a channel without interlacing, which is what browsers write (PNG, 3rd edition, 9 and 11). */
export function readPng(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 8));
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const channels = new Map([
    [2, 3],
    [6, 4],
  ]).get(bytes[25] ?? 0);
  if (channels === undefined || bytes[24] !== 8 || bytes[28] !== 0) throw new Error('a PNG of another form');
  return { width, height, points: unfiltered(inflateSync(Buffer.concat(parts)), width, height, channels) };
}

function unfiltered(data: Uint8Array, width: number, height: number, channels: number): Uint8Array {
  const stride = width * channels;
  const rows = new Uint8Array(stride * height);
  const points = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (stride + 1)] ?? 0;
    for (let index = 0; index < stride; index += 1) {
      const at = row * stride + index;
      const left = index < channels ? 0 : (rows[at - channels] ?? 0);
      const above = row === 0 ? 0 : (rows[at - stride] ?? 0);
      const corner = row === 0 || index < channels ? 0 : (rows[at - stride - channels] ?? 0);
      const raw = data[row * (stride + 1) + 1 + index] ?? 0;
      rows[at] = raw + predicted(filter, left, above, corner);
    }
    for (let column = 0; column < width; column += 1)
      for (let channel = 0; channel < 3; channel += 1)
        points[(row * width + column) * 3 + channel] = rows[row * stride + column * channels + channel] ?? 0;
  }
  return points;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    default:
      return paeth(left, above, corner);
  }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const distances = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)] as const;
  if (distances[0] <= distances[1] && distances[0] <= distances[2]) return left;
  return distances[1] <= distances[2] ? above : corner;
}

/** How many points of these columns, the last `columns` of the picture, are not white. */
export function inkAtRightEdge({ width, height, points }: Picture, columns: number): number {
  let ink = 0;
  for (let row = 0; row < height; row += 1)
    for (let column = width - columns; column < width; column += 1) {
      const at = (row * width + column) * 3;
      if (points[at] !== 255 || points[at + 1] !== 255 || points[at + 2] !== 255) ink += 1;
    }
  return ink;
}
