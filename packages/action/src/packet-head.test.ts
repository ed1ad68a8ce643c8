import { describe, expect, test } from '@jest/globals';
import { packetHead } from './packet-head.ts';

const head = (...bytes: readonly number[]): unknown => packetHead(Uint8Array.from(bytes), 0);

describe('heads of OpenPGP packets (RFC 9580, section 4.2)', () => {
  test.each([
    ['the older form, one byte', [0x94, 5], { tag: 5, start: 2, length: 5 }],
    ['the older form, two bytes', [0x95, 1, 2], { tag: 5, start: 3, length: 258 }],
    ['the older form, four bytes', [0x96, 0, 0, 1, 2], { tag: 5, start: 5, length: 258 }],
    ['the newer form, one byte', [0xc5, 191], { tag: 5, start: 2, length: 191 }],
    ['the newer form, two bytes', [0xc5, 192, 0], { tag: 5, start: 3, length: 192 }],
    ['the newer form, two bytes at most', [0xc5, 223, 255], { tag: 5, start: 3, length: 8383 }],
    ['the newer form, four bytes', [0xc5, 255, 255, 0, 0, 1], { tag: 5, start: 6, length: 0xff000001 }],
  ])('%s', (_, bytes, expected) => {
    expect(head(...bytes)).toEqual(expected);
  });

  test.each([
    ['nothing', []],
    ['no mark of a packet', [0x45, 1]],
    ['an open end', [0x97, 1]],
    ['a length in parts', [0xc5, 224]],
    ['a length in parts, the longest', [0xc5, 254]],
  ])('%s is none', (_, bytes) => {
    expect(head(...bytes)).toBeUndefined();
  });

  test.each([
    ['the older form', [0x95, 1]],
    ['the newer form without a length', [0xc5]],
    ['the newer form, two bytes', [0xc5, 200]],
    ['the newer form, four bytes', [0xc5, 255, 1, 2]],
  ])('%s that is cut off has no length', (_, bytes) => {
    expect(head(...bytes)).toMatchObject({ length: Number.NaN });
  });

  test('stands anywhere', () => {
    expect(packetHead(Uint8Array.of(1, 2, 0xc5, 7), 2)).toEqual({ tag: 5, start: 4, length: 7 });
  });
});
