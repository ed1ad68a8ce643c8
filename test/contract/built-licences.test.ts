/** What is in the bundles themselves: these tests need the compiled sources and dist/, which a build leaves. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from '@jest/globals';
import { bundleAction } from '../../scripts/building/bundle.ts';
import { runProcess } from '../../scripts/testing/process.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

const compiled = existsSync(join(root, 'actions', 'build-matrix', 'lib', 'main.js'));

/** Another program's view of the same bundle: its list has names and licences, one entry after an empty line each. */
(compiled || process.env['CI'] === 'true' ? test : test.skip)(
  'the plugin for licences that ncc carries finds the same packages',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'release-kit-licences-'));
    try {
      const ours = (await bundleAction(root, 'build-matrix', join(folder, 'ours'))).map(({ name }) => name);
      const ncc = join(root, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
      const argv = [
        'build',
        join('actions', 'build-matrix', 'lib', 'main.js'),
        '--out',
        join(folder, 'theirs'),
        '--no-cache',
        '--license',
        'all.txt',
      ];
      expect((await runProcess([process.execPath, ncc, ...argv], { cwd: root })).exitCode).toBe(0);
      const lines = readFileSync(join(folder, 'theirs', 'all.txt'), 'utf8').split('\n');
      const theirs = lines.filter(
        (line, index) => (lines[index - 1] ?? '') === '' && line !== '' && existsSync(join(root, 'node_modules', line, 'package.json')),
      );
      const strangers = new Set(theirs.filter((name) => !name.startsWith('@release-kit/')));
      expect(strangers.size).toBeGreaterThan(3);
      expect([...new Set(ours)].sort()).toEqual([...strangers, '@vercel/ncc'].sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  300_000,
);

const built = existsSync(join(dist, 'sbom.cdx.json'));
const whenBuilt = built || process.env['CI'] === 'true' ? test : test.skip;

whenBuilt('the built tree: a valid bill, and licences of exactly what it lists', async () => {
  const text = readFileSync(join(dist, 'sbom.cdx.json'), 'utf8');
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
  const bill = JSON.parse(text) as { dependencies: { ref: string; dependsOn?: string[] }[] };
  const listed = new Map(bill.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  const actions = readdirSync(dist).filter((name) => existsSync(join(dist, name, 'action.yml')));
  expect(listed.get('release-kit')).toEqual(actions.map((name) => `release-kit/${name}`).sort());
  for (const name of actions) {
    const page = readFileSync(join(dist, name, 'licenses.txt'), 'utf8');
    const heads = [...page.matchAll(/^ {2}(\S+) (\S+): /gm)].map(
      ([, id = '', version = '']) => `pkg:npm/${id.replace('@', '%40')}@${version}`,
    );
    expect({ name, packages: [...new Set(heads)] }).toEqual({ name, packages: listed.get(`release-kit/${name}`) });
  }
});
