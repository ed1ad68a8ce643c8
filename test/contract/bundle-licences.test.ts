import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, test } from '@jest/globals';
import { bundledPackages } from '../../scripts/building/bundle-contents.ts';
import { allowedLicence } from '../../scripts/building/licence-policy.ts';
import { type LicensedPackage, licencesPage, licensedPackage } from '../../scripts/building/licences.ts';
import { releasedBill, softwareBill } from '../../scripts/building/sbom.ts';

const root = join(import.meta.dirname, '../..');
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

const one = (name: string, version: string, licence = 'MIT', folder = `node_modules/${name}`): LicensedPackage => ({
  ...{ folder, name, version, licence },
  texts: [`Text of ${name}`],
});
const locked = (packages: Readonly<Record<string, string>>) => ({
  packages: Object.fromEntries(
    Object.entries(packages).map(([folder, version]) => [
      folder,
      { version, integrity: `sha512-${Buffer.alloc(64, folder).toString('base64')}` },
    ]),
  ),
});

describe('what is in a bundle', () => {
  const module = (path: string, chunks: readonly number[], modules?: readonly object[]) => ({
    ...{ name: path, nameForCondition: `/r/${path}`, chunks },
    ...(modules === undefined ? {} : { modules }),
  });

  test('is what the bundler put into a chunk, also inside other modules, each copy by itself', () => {
    const stats = {
      modules: [
        module('actions/x/lib/main.js', [1], [module('packages/action/lib/a.js', []), module('node_modules/@a/b/lib/z.js', [])]),
        module('node_modules/c/index.js', [2]),
        module('node_modules/d/node_modules/c/index.js', [2]),
        module('node_modules/@a/b/lib/a.js', [1, 2]),
        module('node_modules/left-out/index.js', []),
        { name: 'external "node:fs"', nameForCondition: null, chunks: [1] },
      ],
    };
    expect(bundledPackages(stats, '/r')).toEqual([
      { folder: 'node_modules/@a/b', modules: ['node_modules/@a/b/lib/a.js', 'node_modules/@a/b/lib/z.js'] },
      { folder: 'node_modules/c', modules: ['node_modules/c/index.js'] },
      { folder: 'node_modules/d/node_modules/c', modules: ['node_modules/d/node_modules/c/index.js'] },
    ]);
  });

  test.each([{}, { modules: [] }, { modules: [{ name: 'x' }] }, null])('%j is no answer of the bundler', (stats) => {
    expect(() => bundledPackages(stats, '/r')).toThrow(/statistics of the bundler/);
  });
});

describe('a licence', () => {
  test.each([
    ['a', 'MIT', 'MIT'],
    ['a', 'MIT/X11', 'MIT'],
    ['a', '(Apache-2.0 AND BSD-3-Clause)', 'Apache-2.0 AND BSD-3-Clause'],
    ['a', 'GPL-2.0-only OR MIT', 'GPL-2.0-only OR MIT'],
    ['openpgp', 'LGPL-3.0+', 'LGPL-3.0-or-later'],
  ])('of %s that says %j is allowed as %j', (name, declared, expression) => expect(allowedLicence(name, declared)).toBe(expression));

  test.each([
    ['a', 'GPL-3.0-only'],
    ['a', 'LGPL-3.0+'],
    ['a', 'MIT AND GPL-3.0-only'],
    ['a', 'UNLICENSED'],
    ['a', 'SEE LICENSE IN x'],
    ['a', 'MIT AND (ISC OR GPL-3.0-only)'],
    ['a', 'constructor'],
    ['constructor', 'x'],
    ['a', ''],
    ['a', undefined],
    ['a', { type: 'MIT' }],
  ])('of %s that says %j is not', (name, declared) => expect(() => allowedLicence(name, declared)).toThrow(/licence|allowed/));

  test('comes with its text, notices of single files, and what else it asks for', async () => {
    const { texts, licence } = await licensedPackage(root, {
      folder: 'node_modules/openpgp',
      modules: ['node_modules/openpgp/dist/node/openpgp.mjs'],
    });
    expect(licence).toBe('LGPL-3.0-or-later');
    const page = texts.join('\n');
    for (const words of [
      /GNU LESSER GENERAL PUBLIC LICENSE/,
      /noble-curves - MIT License/,
      /rebuilt with another version/,
      /^GNU GENERAL PUBLIC LICENSE/m,
    ])
      expect(page).toMatch(words);
  });

  test('of a package without its text was looked at by hand, in this version', async () => {
    const { texts, licence } = await licensedPackage(root, { folder: 'node_modules/isarray', modules: [] });
    expect([licence, texts[0]]).toEqual(['MIT', expect.stringContaining('Copyright (c) 2013 Julian Gruber')]);
    await expect(licensedPackage(root, { folder: 'packages/action', modules: [] })).rejects.toThrow(/without the text of its licence/);
  });
});

describe('the bill', () => {
  const bundles = new Map([
    [
      'x',
      [one('b', '1.0.0'), one('@s/a', '2.0.0', 'Apache-2.0 AND BSD-3-Clause'), one('b', '1.0.0', 'MIT', 'node_modules/d/node_modules/b')],
    ],
    ['a', [one('b', '1.0.0')]],
  ]);
  const known = locked({ 'node_modules/b': '1.0.0', 'node_modules/@s/a': '2.0.0', 'node_modules/d/node_modules/b': '1.0.0' });

  test('lists each package once, and who has it, whatever the order', async () => {
    const bill = softwareBill(bundles, known);
    expect(await validator.validate(bill)).toBeNull();
    expect(softwareBill(new Map([...bundles].reverse().map(([name, list]) => [name, [...list].reverse()])), known)).toBe(bill);
    expect(JSON.parse(bill)).toMatchObject({
      components: [{ name: 'a' }, { name: 'x' }, { group: '@s', name: 'a', purl: 'pkg:npm/%40s/a@2.0.0' }, { name: 'b', version: '1.0.0' }],
      dependencies: [
        { dependsOn: ['release-kit/a', 'release-kit/x'] },
        { ref: 'release-kit/a', dependsOn: ['pkg:npm/b@1.0.0'] },
        { ref: 'release-kit/x', dependsOn: ['pkg:npm/%40s/a@2.0.0', 'pkg:npm/b@1.0.0'] },
        ...[{}, {}],
      ],
    });
  });

  test('of a release names it', async () => {
    const bill = releasedBill(softwareBill(bundles, known), 'Acme/Kit', 'v1.2.3');
    expect(await validator.validate(bill)).toBeNull();
    expect(JSON.parse(bill)).toMatchObject({ metadata: { component: { version: 'v1.2.3', purl: 'pkg:github/acme/kit@v1.2.3' } } });
  });

  test('is refused when the lock file knows another version, or none', () => {
    expect(() => softwareBill(new Map([['a', [one('b', '1.0.0')]]]), locked({ 'node_modules/b': '1.0.1' }))).toThrow(/locked/);
    expect(() => softwareBill(bundles, {})).toThrow(/has no SHA-512/);
  });
});

test('licenses.txt has a line and a section for each package', () => {
  const page = licencesPage('x', [one('b', '1.0.0'), one('a', '1.0.0', 'ISC')]);
  expect(page).toContain('  a 1.0.0: ISC\n  b 1.0.0: MIT\n');
  expect(page.indexOf('Text of a')).toBeLessThan(page.indexOf('Text of b'));
});
