import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { UserError } from '@release-kit/action/errors';
import fc from 'fast-check';
import { readDebArchive } from './deb-archive.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

interface Part {
  readonly name: string;
  readonly content?: string;
  /** As it stands in the header; default: the length of the content. */
  readonly size?: string;
  readonly header?: string;
}

function member({ name, content = '', size = String(content.length), header }: Part): string {
  const made = `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${size.padEnd(10)}\`\n`;
  return `${header ?? made}${content}${content.length % 2 === 1 ? '\n' : ''}`;
}

const format: Part = { name: 'debian-binary', content: '2.0\n' };
const control: Part = { name: 'control.tar.xz', content: 'control' };
const data: Part = { name: 'data.tar.zst', content: 'data' };
const archive = (...parts: readonly Part[]) => bytes(`!<arch>\n${parts.map(member).join('')}`);
const check = (input: Uint8Array) => readDebArchive(input.length, async (at, length) => input.subarray(at, at + length), 'x.deb');

describe('readDebArchive', () => {
  test('accepts what dpkg-deb builds, and says where the members are', async () => {
    await using host = await recordingHost();
    const root = join(host.files.workspace, 'root');
    await mkdir(join(root, 'DEBIAN'), { recursive: true });
    await writeFile(join(root, 'DEBIAN/control'), 'Package: hello\nVersion: 1\nArchitecture: all\nMaintainer: A <a@b>\nDescription: x\n');
    for (const compression of ['xz', 'gzip', 'none']) {
      const file = join(host.files.workspace, `${compression}.deb`);
      await host.exec(['dpkg-deb', '--root-owner-group', `-Z${compression}`, '-b', root, file]);
      const built = await readFile(file);
      const { members, controlMember, dataMember } = await check(built);
      expect(members.map(({ name }) => name)).toEqual(['debian-binary', controlMember.name, dataMember.name]);
      expect(dataMember.name).toBe({ xz: 'data.tar.xz', gzip: 'data.tar.gz', none: 'data.tar' }[compression]);
      if (compression !== 'none') continue;
      await host.exec(['dpkg-deb', '--fsys-tarfile', file], { stdoutFile: `${file}.tar` });
      expect(built.subarray(dataMember.offset, dataMember.offset + dataMember.size).equals(await readFile(`${file}.tar`))).toBe(true);
    }
  });

  test.each([
    ['in the order of deb(5)', [format, control, data], 3],
    ['with names that end with a slash', [{ ...format, name: 'debian-binary/' }, control, data], 3],
    [
      'with extra members whose names start with an underscore',
      [format, { name: '_a' }, control, { name: '_b', content: 'x' }, data, { name: '_gpgorigin', content: 'sig' }],
      6,
    ],
    ['of a later format 2', [{ ...format, content: '2.1\nmore\n' }, control, data], 3],
    ['with empty members', [format, { name: 'control.tar' }, { name: 'data.tar' }], 3],
  ])('accepts members %s', async (_, parts, count) => {
    expect((await check(archive(...parts))).members).toHaveLength(count);
  });

  test('reads no more than the headers of a file that is too large for memory', async () => {
    const small = archive(format, control, { ...data, size: String(2 ** 33) });
    const size = small.length - 4 + 2 ** 33;
    let most = 0;
    const read = async (at: number, length: number): Promise<Uint8Array> => {
      most = Math.max(most, length);
      return small.subarray(at, at + length);
    };
    expect((await readDebArchive(size, read, 'x.deb')).dataMember).toMatchObject({ size: 2 ** 33, offset: 200 });
    expect(most).toBeLessThanOrEqual(64);
    await expect(readDebArchive(size + 1, read, 'x.deb')).rejects.toThrowWithCode('E_DEB', /1 stray bytes/);
  });

  test('returns the names without padding', async () => {
    expect(await check(archive(format, control, data))).toMatchObject({
      controlMember: { name: 'control.tar.xz', size: 7, offset: 132 },
      dataMember: { name: 'data.tar.zst', size: 4, offset: 200 },
    });
  });

  test.each([
    ['an empty file', bytes(''), /not an ar archive/],
    ['a wrong magic', bytes(`!<arch>\r${member(format)}`), /not an ar archive/],
    ['no members', archive(), /first member is not debian-binary/],
    ['no debian-binary', archive(control, data), /first member is not debian-binary/],
    ['format 3', archive({ ...format, content: '3.0\n' }, control, data), /format "3\.0" is not 2\.0/],
    ['an empty format', archive({ ...format, content: '' }, control, data), /format "" is not 2\.0/],
    ['no control', archive(format), /control\.tar is missing/],
    ['no data', archive(format, control), /data\.tar is missing/],
    ['data first', archive(format, data, control), /"data\.tar\.zst" stands where control\.tar must be/],
    ['two control members', archive(format, control, control, data), /"control\.tar\.xz" stands where data\.tar must be/],
    ['two data members', archive(format, control, data, data), /"data\.tar\.zst" after data\.tar/],
    ['members without end', archive(format, control, data, ...new Array<Part>(100).fill({ name: '_x' })), /more than 64 members/],
    ['two formats', archive(format, format, control, data), /"debian-binary" stands where/],
    ['a stray member', archive(format, control, data, { name: 'evil' }), /"evil" after data\.tar/],
    ['another compression', archive(format, { ...control, name: 'control.tar.bz2' }, data), /stands where control\.tar/],
    ['trailing junk', bytes(`!<arch>\n${[format, control, data].map(member).join('')}junk`), /4 stray bytes/],
    ['a trailing line feed', bytes(`!<arch>\n${[format, control, data].map(member).join('')}\n`), /1 stray bytes/],
    ['a size of -1', archive(format, { ...control, size: '-1' }, data), /size "-1 /],
    ['a size of ten digits', archive(format, { ...control, size: '9999999999' }, data), /cut off: 9999999999 bytes announced/],
    ['an empty size', archive(format, { ...control, size: '' }, data), /has the size/],
    ['a hexadecimal size', archive(format, { ...control, size: '0x7' }, data), /has the size/],
    ['a size before blanks and digits', archive(format, { ...control, size: '7 1' }, data), /has the size/],
    ['a name with a path', archive(format, { ...control, name: '../control.tar' }, data), /has the name "\.\.\/control\.tar"/],
    ['a name with an escape sequence', archive(format, { ...control, name: '\u001b[2J' }, data), /has the name "\\x1b\[2J"/],
    ['a wrong end of a header', archive(format, { ...control, header: 'x'.repeat(60) }, data), /byte 72 does not end as it must/],
    [
      'a wrong mode',
      archive(format, { ...control, header: member(control).slice(0, 60).replace('100644', '100944') }, data),
      /wrong number/,
    ],
    [
      'a wrong time',
      archive(format, { ...control, header: `control.tar.xz  -1          ${member(control).slice(28, 60)}` }, data),
      /wrong number/,
    ],
    ['a wrong padding', bytes(`!<arch>\n${member(format)}${member(control).slice(0, -1)}x${member(data)}`), /odd size is missing or wrong/],
    ['no padding at the end', archive(format, control, { name: 'data.tar', content: 'odd' }).slice(0, -1), /odd size is missing or wrong/],
  ])('refuses %s', async (_, input, message) => {
    await expect(check(input)).rejects.toThrowWithCode('E_DEB', message);
  });

  test('refuses an archive cut anywhere', async () => {
    const whole = archive(format, control, data);
    for (let length = 0; length < whole.length; length++) await expect(check(whole.subarray(0, length))).rejects.toThrowWithCode('E_DEB');
  });

  test('any bytes changed make E_DEB or nothing, never a crash', async () => {
    const whole = archive(format, control, { name: '_x', content: 'odd' }, data);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const copy = Uint8Array.from(whole);
        for (const [at, value] of changes) copy[at] = value;
        try {
          const { members } = await check(copy);
          expect(members.every(({ offset, size }) => offset + size <= copy.length)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          expect(error).toHaveProperty('code', 'E_DEB');
        }
      }),
      { numRuns: 500 },
    );
  });
});
