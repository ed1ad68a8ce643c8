import { expect, test } from '@jest/globals';
import type { DebArchive } from '@release-kit/debian';
import fc from 'fast-check';
import { arMember, piecesOf } from './deb-member.ts';

/** Members one after the other, as in a file; sizes in bytes. */
function archive(members: readonly (readonly [name: string, size: number])[]): { archive: DebArchive; size: number } {
  let at = 8;
  const made = members.map(([name, size]) => {
    const member = { name, size, offset: at + 60 };
    at = member.offset + size + (size % 2);
    return member;
  });
  const [, controlMember, dataMember] = made.filter(({ name }) => !name.startsWith('_'));
  if (controlMember === undefined || dataMember === undefined) throw new Error('no package');
  return { archive: { members: made, controlMember, dataMember }, size: at };
}

const plain = [
  ['debian-binary', 4],
  ['control.tar.xz', 7],
  ['data.tar.xz', 10],
] as const;

test('a signature covers the contents of the three members of every package, in the order of the file, and nothing else', () => {
  const { archive: deb, size } = archive([...plain.slice(0, 1), ['_x', 3], ...plain.slice(1), ['_gpgmaint', 5]]);
  const signed = piecesOf(deb, size).filter((piece) => piece.signed);
  expect(signed.map(({ length }) => length)).toEqual([4, 7, 10]);
  expect(signed.map(({ at }) => at)).toEqual([...deb.members.filter(({ name }) => !name.startsWith('_')).map(({ offset }) => offset)]);
});

test('only an earlier signature of the same name is left out, with its header and padding', () => {
  const before = archive([...plain, ['_gpgmaint', 5]]);
  const { archive: deb, size } = archive([...plain, ['_gpgorigin', 119], ['_gpgmaint', 5]]);
  const kept = piecesOf(deb, size).filter((piece) => piece.kept);
  expect(kept.reduce((sum, { length }) => sum + length, 0)).toBe(before.size);
});

test('the pieces are the whole file, one after the other', () => {
  const sizes = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(sizes, ([a, b, c, d, e]) => {
      const { archive: deb, size } = archive([
        ['debian-binary', a],
        ['_x', b],
        ['control.tar', c],
        ['data.tar', d],
        ['_gpgorigin', e],
      ]);
      let at = 0;
      for (const piece of piecesOf(deb, size)) {
        expect(piece.at).toBe(at);
        at += piece.length;
      }
      expect(at).toBe(size);
    }),
  );
});

test('a member is written as dpkg-deb does: decimal time, owner root, mode 100644, padded to an even length', () => {
  const member = arMember('_gpgorigin', Buffer.from('abc'), 1_768_478_400_999);
  expect(member.toString('latin1')).toBe('_gpgorigin      1768478400  0     0     100644  3         `\nabc\n');
});
