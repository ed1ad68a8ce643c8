import { expect, test } from '@jest/globals';
import type { Machine } from '@release-kit/machine';
import { machineOf } from './machine-of.test-support.ts';
import { measureUnpacked, unpackedLimit } from './unpacked-size.ts';

const mib = 1024 ** 2;
const most = 2048 * mib;

test.each([
  ['a small file may be well compressed', 1000, 64 * mib],
  ['a larger one is held to the ratio', mib, 200 * mib],
  ['a large one to the cap', 100 * mib, most],
])('%s', (_, size, limit) => {
  expect(unpackedLimit(size, most)).toBe(limit);
});

test('a lower cap holds for small files, too', () => {
  expect(unpackedLimit(1000, mib)).toBe(mib);
});

/** Answers what the script in the machine would print, and keeps what it was given. */
const machineThat = (prints: string, given: string[] = []): Machine =>
  machineOf(async (argv, command) => {
    given.push(...argv.slice(4), `${command?.user} ${command?.network}`);
    return { exitCode: 0, stdout: prints, stderr: '' };
  });

const files = ['a_1.dsc', 'a_1.tar.xz', 'a_1_all.deb', 'b_1_all.deb'].map((path) => ({ path, size: 100 }));
const limit = 64 * mib;

test('only what is packed is measured, each with a limit of its own, as nobody', async () => {
  const given: string[] = [];
  expect(await measureUnpacked(machineThat('10 0\n20 0\n30 0\n', given), files, most)).toEqual([]);
  expect(given).toEqual([...files.slice(1).flatMap(({ path }) => [`/srv/lint/${path}`, `${limit + 1}`]), 'nobody false']);
  expect(await measureUnpacked(machineThat('not asked'), files.slice(0, 1), most)).toEqual([]);
});

test('one byte more than the limit is a bomb; the limit itself is not', async () => {
  expect(await measureUnpacked(machineThat(`${limit} 0\n20 0\n30 0\n`), files, most)).toEqual([]);
  await expect(measureUnpacked(machineThat(`10 0\n${limit + 1} 141\n30 0\n`), files, most)).rejects.toThrowWithCode(
    'E_BOMB',
    /^a_1_all\.deb has 100 B, but would unpack to more than 67\.1 MB$/,
  );
});

test('what ends with an error, or is not answered, is damaged', async () => {
  expect(await measureUnpacked(machineThat('10 2\n20 0\n'), files, most)).toEqual(['a_1.tar.xz', 'b_1_all.deb']);
});
