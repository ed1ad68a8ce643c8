import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runScript } from '../support/command-line.ts';
import { takesAll } from '../support/selection.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'broken-'));

afterAll(() => rmSync(folder, { recursive: true }));

const cases = [
  { name: 'compile-error', code: 'E_BUILD_COMPILE', place: /\.c$/ },
  { name: 'missing-dependency', code: 'E_BUILD_DEPENDS', place: /debian\/control$/ },
  { name: 'dying-service', code: 'E_SMOKE_SERVICE', place: /debian\/dying-service\.service$/ },
  { name: 'lintian-error', code: 'E_LINT', place: /debian\/install$/ },
] as const;
/** What scripts leave is told of many packages of the smoke gallery as well. */
const more = [{ name: 'leftover', code: 'E_SMOKE_LEFTOVER', place: /debian\/postinst$/ }] as const;

test.each([...cases, ...(takesAll ? more : [])])(
  'examples/broken/$name ends with $code, its place and a cure, and no release',
  async ({ name, code, place }) => {
    const output = join(folder, name);
    const ended = await runScript('scripts/release-kit', ['--json', 'release', `--output=${output}`, `examples/broken/${name}`]);
    expect({ exitCode: ended.exitCode, stderr: ended.exitCode === 1 ? '' : ended.stderr }).toEqual({ exitCode: 1, stderr: '' });
    const document = JSON.parse(ended.stdout);
    expect(document).toMatchObject({ exitCode: 1, error: { code } });
    expect(document.error.cure).toMatch(/\w/);
    expect(document.error.place).toMatchObject({ file: expect.stringMatching(place), line: expect.any(Number) });
    const left = existsSync(output) ? readdirSync(output) : [];
    expect(left.filter((file) => file !== 'logs' && file !== 'summary.md')).toEqual([]);
  },
  5 * minute,
);
