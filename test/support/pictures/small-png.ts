import { crc32, deflateSync } from 'node:zlib';
import type { Picture } from './picture.ts';

/**
 * Writes a picture of at most 256 colours, one byte a point (PNG, 3rd edition, 11.2): a third of what browsers write. Of pictures with more
 * colours the rarest become the nearest of the others.
 */
export function smallPng({ width, height, points }: Picture): Uint8Array {
  const counts = new Map<number, number>();
  const colourAt = (at: number): number => ((points[at] ?? 0) << 16) | ((points[at + 1] ?? 0) << 8) | (points[at + 2] ?? 0);
  for (let at = 0; at < points.length; at += 3) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1);
  const byCount = [...counts].sort(([a, many], [b, more]) => more - many || a - b).map(([colour]) => colour);
  const palette = byCount.slice(0, 256);
  const indexes = new Map(byCount.map((colour) => [colour, nearest(colour, palette)]));
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1)
      rows[row * (width + 1) + 1 + column] = indexes.get(colourAt((row * width + column) * 3)) ?? 0;
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    part('IHDR', header),
    part('PLTE', Uint8Array.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    part('IDAT', deflateSync(rows, { level: 9 })),
    part('IEND', new Uint8Array()),
  ]);
}

/** The upper part of a picture. */
export const cropped = ({ width, height, points }: Picture, to: number): Picture => ({
  width,
  height: Math.min(height, to),
  points: points.subarray(0, width * 3 * Math.min(height, to)),
});

function nearest(colour: number, palette: readonly number[]): number {
  const exact = palette.indexOf(colour);
  if (exact >= 0) return exact;
  const distance = (other: number): number =>
    [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
  return palette.reduce((best, other, index) => (distance(other) < distance(palette[best] ?? 0) ? index : best), 0);
}

function part(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
