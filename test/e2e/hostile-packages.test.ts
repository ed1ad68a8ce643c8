/** @slow 90 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packaged, runAction, tinySource } from '../support/hostile.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { describeRaw, manifestOf, type RawShape, rawPackage } from '../support/packages.ts';
import type { StepResult } from '../support/runner/index.ts';
import { takesAll } from '../support/selection.ts';

const minute = 60_000;
const codes = (step: StepResult): readonly string[] =>
  step.annotations
    .filter(({ level }) => level === 'error')
    .map(({ properties }) => (properties['title'] ?? '').replace(/^[^:]*: /, '').replace(/ .*/, ''))
    .filter((code) => code.startsWith('E_'));

/** True when a process on this host carries the word among its arguments. */
const runs = (word: string): boolean =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .some((args) => args.startsWith('sleep') && args.includes(word));

describeWithMachines('names of source files', () => {
  test(
    'are built byte for byte, whatever they hold',
    async () => {
      const names = [
        '-rf',
        '--help',
        '*',
        'a\nb',
        '"',
        "'",
        '$(touch made)',
        '\u001b[31m',
        '::error::planted',
        ' ',
        'x'.repeat(255),
        '\u202e',
        'é',
        '\\',
      ];
      const count = `test "$(find data -type f -print0 | tr -dc '\\000' | wc -c)" = ${names.length}`;
      const step = await runAction('build-deb', {
        prepare: async (workspace) => {
          await tinySource(workspace, [count, 'mkdir -p debian/kept && cp -a data debian/kept']);
          await mkdir(join(workspace, 'data'));
          for (const name of names) await writeFile(join(workspace, 'data', name), name);
        },
        look: async (workspace) => expect(readdirSync(workspace).sort()).toEqual(['data', 'debian', 'out']),
      });
      expect(step).toMatchObject({ conclusion: 'success', outputs: { packages: 'tiny_1.0_all.deb' } });
    },
    2 * minute,
  );

  test(
    'that are not UTF-8 are refused by name',
    async () => {
      const step = await runAction('build-deb', {
        prepare: async (workspace) => {
          await tinySource(workspace);
          await writeFile(Buffer.concat([Buffer.from(join(workspace, 'debian/caf')), Buffer.from([0xe9])]), 'x');
        },
      });
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 2, outputs: {} });
      expect(codes(step)).toEqual(['E_PATH']);
    },
    2 * minute,
  );
});

test.each(['a b_1.0_all.deb', '-a_1.0_all.deb', '$(id).deb', 'a\nb.deb', '../a.deb', 'a*.deb', '\u001b[31m.deb', `${'x'.repeat(252)}.deb`])(
  'a package called %j is refused by who signs and who releases',
  async (name) => {
    const prepare = async (workspace: string): Promise<void> => {
      await packaged(workspace, [{ name: 'tiny' }]);
      const manifest = join(workspace, 'out/manifest.json');
      const text = execFileSync('cat', [manifest], { encoding: 'utf8' });
      await writeFile(
        manifest,
        text.replace('"tiny_1.0_all.deb"', () => JSON.stringify(name)),
      );
    };
    for (const [action, inputs] of [
      ['sign-artifacts', { 'throw-away-key': 'true' }],
      ['draft-release', { assets: 'out', tag: 'v1.0.0' }],
    ] as const) {
      const step = await runAction(action, { prepare, inputs });
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 2, outputs: {} });
      expect(codes(step)).toEqual([expect.stringMatching(/^E_(?:NAME|MANIFEST)$/)]);
    }
  },
);

const control = (fields: string): string => `${fields}\nMaintainer: A\u001b]0;x\u0007 <a@example.org>\nDescription: x\n`;
const sane = 'Package: bad\nVersion: 1.0\nArchitecture: all';
type RawRow = readonly [string, string, readonly number[] | undefined, RawShape?];
/** Of each kind one: a name, a byte, a member that is missing, one too many, a path, a link. */
const rawPackages: readonly RawRow[] = [
  ['a name with ..', 'Package: ../../x\nVersion: 1.0\nArchitecture: all', undefined],
  ['a NUL', 'Package: bad\nVersion: 1.0\nArchitecture: all\nX: a\0b', undefined],
  ['no data', 'Package: bad\nVersion: 1.0\nArchitecture: all', [0, 1]],
  ['two control members', sane, [0, 1, 1, 2]],
  [
    'a way out of its tree',
    sane,
    undefined,
    { fill: (_, data) => writeFile(join(data, 'x'), 'x'), tar: ['-P', '--transform=s,^./x,../../x,'] },
  ],
  ['a link for control', sane, undefined, { fill: (folder) => linked(join(folder, 'control'), '/etc/passwd') }],
];
/** Much like one of those. */
const furtherRawPackages: readonly RawRow[] = [
  ['a name that is an option', 'Package: -oAPT::x\nVersion: 1.0\nArchitecture: all', undefined],
  ['a field twice', 'Package: bad\nPackage: other\nVersion: 1.0\nArchitecture: all', undefined],
  ['a missing field', 'Package: bad\nArchitecture: all', undefined],
  ['a field of 100 KiB', `${sane}\nOrigin: ${'::error::planted '.repeat(6400)}`, undefined],
  ['bytes after its end', sane, undefined, { junk: 'left over' }],
  ['a link for a script', sane, undefined, { fill: (folder) => linked(join(folder, 'postinst'), '/etc/shadow') }],
];

async function linked(path: string, target: string): Promise<void> {
  await rm(path, { force: true });
  await symlink(target, path);
}

describeWithMachines('a damaged or hostile package', () => {
  test.each([...rawPackages, ...(takesAll ? furtherRawPackages : [])])(
    'with %s is never green',
    // The default keeps jest from taking the last parameter of shorter rows for a callback that it waits for.
    async (_, fields, order, shape = {}) => {
      const prepare = async (workspace: string): Promise<void> => {
        await using host = await machineHost();
        const out = join(workspace, 'out');
        await mkdir(out);
        await manifestOf(out, [await rawPackage(host, out, 'bad_1.0_all.deb', control(fields), order, shape)]);
      };
      const linted = await runAction('lintian-check', { prepare });
      expect({ conclusion: linted.conclusion, codes: codes(linted) }).toEqual({
        conclusion: 'failure',
        codes: [expect.stringMatching(/^E_(?:LINT|LINT_INCOMPLETE|DEB)$/)],
      });
      if (!fields.includes('..')) return;
      const installed = await runAction('install-smoke', { prepare });
      expect({ conclusion: installed.conclusion, codes: codes(installed) }).toEqual({ conclusion: 'failure', codes: ['E_SMOKE_INSTALL'] });
    },
    2 * minute,
  );

  test(
    'that is cut off is never green',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        await packaged(workspace, [{ name: 'cut' }]);
        const out = join(workspace, 'out');
        await truncate(join(out, 'cut_1.0_all.deb'), 400);
        await manifestOf(out, [await describeRaw(out, 'cut_1.0_all.deb')]);
      };
      expect(codes(await runAction('lintian-check', { prepare, inputs: { 'fail-on': 'never' } }))).toEqual(['E_LINT_INCOMPLETE']);
      expect(codes(await runAction('install-smoke', { prepare }))).toEqual(['E_SMOKE_INSTALL']);
    },
    2 * minute,
  );
});

describeWithMachines('what a package unpacks to', () => {
  test(
    'is measured first: a bomb goes off nowhere',
    async () => {
      const zeros = '\0'.repeat(72 * 1024 * 1024);
      const step = await runAction('lintian-check', {
        prepare: (workspace) => packaged(workspace, [{ name: 'fine' }, { name: 'bomb', files: { 'usr/share/bomb/zeros': zeros } }]),
      });
      expect(step).toMatchObject({ conclusion: 'failure', outputs: {} });
      expect(codes(step)).toEqual(['E_BOMB']);
      expect(step.annotations.map(({ message }) => message).join()).toMatch(
        /bomb_1\.0_all\.deb has \S+ kB, but would unpack to more than 67\.1 MB/,
      );
    },
    2 * minute,
  );

  test(
    'must be there to its end',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        // Text that hardly shrinks, so that the middle of the file is in the middle of its contents.
        await packaged(workspace, [{ name: 'torn', files: { 'usr/share/torn/noise': randomBytes(65_536).toString('base64') } }]);
        const file = join(workspace, 'out/torn_1.0_all.deb');
        const bytes = await readFile(file);
        await writeFile(file, bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 64));
        await manifestOf(join(workspace, 'out'), [await describeRaw(join(workspace, 'out'), 'torn_1.0_all.deb')]);
      };
      expect(codes(await runAction('lintian-check', { prepare, inputs: { 'fail-on': 'never' } }))).toEqual(['E_LINT_INCOMPLETE']);
    },
    2 * minute,
  );
});

const easierToEnd: readonly (readonly [string, string])[] = [
  ['loops for ever', 'while :; do :; done'],
  ['waits for an answer', 'sleep 7919'],
];

describeWithMachines('a maintainer script', () => {
  test.each([
    ['leaves children behind and waits', 'for i in 1 2 3 4; do setsid sleep 7919 & done; trap "" TERM INT HUP; sleep 7919'],
    ...(takesAll ? easierToEnd : []),
  ])(
    'that %s is ended by the timeout, by name, and nothing of it runs on',
    async (_, postinst) => {
      const step = await runAction('install-smoke', {
        inputs: { timeout: '6s' },
        prepare: (workspace) => packaged(workspace, [{ name: 'stuck', scripts: { postinst } }]),
      });
      expect(step).toMatchObject({ conclusion: 'failure', outputs: { result: 'failed' } });
      expect(codes(step)).toEqual(['E_TIMEOUT']);
      expect(step.annotations.map(({ message }) => message).join()).toMatch(/postinst/);
      expect(runs('7919')).toBe(false);
    },
    2 * minute,
  );

  test(
    'that reads standard input gets none',
    async () => {
      const step = await runAction('install-smoke', {
        prepare: (workspace) => packaged(workspace, [{ name: 'asking', scripts: { postinst: 'read -r answer || true' } }]),
      });
      expect(step).toMatchObject({ conclusion: 'success', outputs: { result: 'passed' } });
    },
    2 * minute,
  );
});
