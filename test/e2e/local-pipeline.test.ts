/** @slow 280 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Ended, runScript } from '../support/command-line.ts';
import { leftOf, nothing } from '../support/traces.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'local-pipeline-'));
const output = join(folder, 'out');
const temporary = join(folder, 'tmp');

afterAll(() => rmSync(folder, { recursive: true }));

describe('the quick start', () => {
  let first: Ended;
  beforeAll(async () => {
    mkdirSync(temporary);
    first = await runScript('scripts/build-local.sh', ['--yes', `--output=${output}`, 'examples/hello-service'], {
      env: { TMPDIR: temporary },
    });
  }, 15 * minute);

  test('ends well and tells the story in under 60 lines', () => {
    expect({ exitCode: first.exitCode, end: first.exitCode === 0 ? '' : first.stdout + first.stderr }).toEqual({ exitCode: 0, end: '' });
    // The story itself is what is compared, so that a failure shows the lines that are too many.
    const lines = (first.stdout + first.stderr).split('\n');
    expect(lines.length < 60 ? [] : lines).toEqual([]);
  });

  test('leaves packages that dpkg-deb accepts', () => {
    const debs = readdirSync(output).filter((name) => name.endsWith('.deb'));
    expect(debs).toContain('hello-service_1.0.0_amd64.deb');
    for (const deb of debs)
      expect(execFileSync('dpkg-deb', ['-I', join(output, deb)], { encoding: 'utf8' })).toMatch(/ Package: hello-service/);
  });

  test('leaves checksums that sha256sum accepts, of every asset but itself', () => {
    const report = execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: output, encoding: 'utf8' });
    for (const deb of readdirSync(output).filter((name) => name.endsWith('.deb'))) expect(report).toContain(`${deb}: OK`);
  });

  test('leaves signatures that gpgv accepts with the public key beside them', () => {
    const keyring = join(folder, 'keyring.gpg');
    execFileSync('gpg', ['--batch', '--yes', '--homedir', folder, '--dearmor', '--output', keyring, join(output, 'signing-key.asc')], {
      stdio: 'pipe',
    });
    const signed = readdirSync(output)
      .filter((name) => name.endsWith('.asc') && name !== 'signing-key.asc')
      .map((name) => name.slice(0, -'.asc'.length));
    expect(signed).toContain('SHA256SUMS');
    expect(signed.filter((name) => name.endsWith('.deb'))).toEqual(readdirSync(output).filter((name) => name.endsWith('.deb')));
    for (const name of signed) {
      const status = execFileSync('gpgv', ['--status-fd', '1', '--keyring', keyring, join(output, `${name}.asc`), join(output, name)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(status).toContain('VALIDSIG');
    }
  });

  test('leaves manifest, notes, logs and a summary, and says plainly that the key is for trying out', () => {
    expect(readdirSync(output)).toEqual(expect.arrayContaining(['manifest.json', 'notes.md', 'summary.md', 'logs', 'release.json']));
    expect(readFileSync(join(output, 'notes.md'), 'utf8')).toMatch(/\S/);
    expect(readFileSync(join(output, 'summary.md'), 'utf8')).toMatch(/throw-away/);
    expect(first.stdout).toMatch(/made for this run only/);
  });

  test(
    'a second run writes the same packages, byte for byte, and prints what README shows',
    async () => {
      const bytes = readFileSync(join(output, 'hello-service_1.0.0_amd64.deb'));
      const second = await runScript('scripts/build-local.sh', ['--yes', `--output=${output}`, 'examples/hello-service'], {
        env: { TMPDIR: temporary },
      });
      expect(second.exitCode).toBe(0);
      expect(readFileSync(join(output, 'hello-service_1.0.0_amd64.deb')).equals(bytes)).toBe(true);
      expect(lasting(second.stdout + second.stderr)).toEqual(lasting(shownInReadme()));
    },
    5 * minute,
  );

  test(
    'for another architecture it is cross-compiled, and installed and started emulated',
    async () => {
      const there = join(folder, 'arm64');
      const ended = await runScript('scripts/build-local.sh', ['--yes', '--arch=arm64', `--output=${there}`, 'examples/hello-service'], {
        env: { TMPDIR: temporary },
      });
      expect({ exitCode: ended.exitCode, end: ended.exitCode === 0 ? '' : ended.stdout + ended.stderr }).toEqual({ exitCode: 0, end: '' });
      expect(ended.stdout).toMatch(/strategy for arm64: cross/);
      const deb = join(there, 'hello-service_1.0.0_arm64.deb');
      expect(execFileSync('dpkg-deb', ['--field', deb, 'Architecture', 'Depends'], { encoding: 'utf8' })).toMatch(
        /arm64\nDepends: .*libc6/,
      );
      expect(readFileSync(join(there, 'SHA256SUMS'), 'utf8')).toMatch(/hello-service_1\.0\.0_arm64\.deb$/m);
    },
    20 * minute,
  );

  test('no mount, process, temporary folder or control group is left', () => {
    expect(leftOf(temporary)).toEqual(nothing);
  });
});

function shownInReadme(): string {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  return /<!-- quick start: output -->\n```text\n(.*?)```\n/s.exec(readme)?.[1] ?? '';
}

/** Lines without what differs from run to run: times, memory, the key, the folder. Sorted, since they come from two streams. */
function lasting(printed: string): readonly string[] {
  return printed
    .replace(/\b\d+(?:\.\d+)? +(?:s|KiB|MiB)\b/g, 'N')
    .replace(/\b[0-9A-F]{40}\b/g, 'KEY')
    .replace(/file:\/\/\S+/g, 'FOLDER')
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}
