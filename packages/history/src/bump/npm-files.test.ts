import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bumpFile } from './bump-file.ts';

const bump = (text: string, options = {}) => bumpFile('package.json', text, { file: 'package.json', to: '1.3.0', ...options });
const bumpLock = (text: string, options = {}) =>
  bumpFile('package-lock.json', text, { file: 'package-lock.json', to: '1.3.0', ...options });

const manifest = `{
\t"name" : "@x/a",
\t"version" : "1.2.0",
\t"config": { "version": "1.2.0" },
\t"scripts": { "version": "echo \\"version\\": 1.2.0" },
\t"dependencies": { "@x/b": "^1.2.0", "version": "1.2.0", "@x/c": "workspace:*", "left-pad": "1.2.0" },
\t"peerDependencies": { "@x/b": "1.x", "@x/c": ">=1.2" }
}
`;

describe('package.json', () => {
  test('only its own version changes; blanks and tabs stay', async () => {
    const result = await bump(manifest, { from: '1.2.0' });
    expect(result.text).toBe(manifest.replace('"version" : "1.2.0"', '"version" : "1.3.0"'));
    expect(result.places).toEqual([{ line: 3, column: 15, what: 'version', from: '1.2.0', to: '1.3.0' }]);
  });

  test('what is asked of packages of the same project follows, as far as it has to', async () => {
    const { text, places } = await bump(manifest, { names: ['@x/b', '@x/c'], to: '2.0.0' });
    expect(text).toContain('"@x/b": "^2.0.0", "version": "1.2.0", "@x/c": "workspace:*", "left-pad": "1.2.0"');
    expect(text).toContain('"@x/b": "1.x", "@x/c": ">=1.2"');
    expect(places.map(({ what }) => what)).toEqual(['version', 'dependencies.@x/b']);
  });

  test('a range that would have to be thought about is told', async () => {
    const { remarks } = await bump(manifest, { names: ['@x/b'], to: '2.0.0' });
    expect(remarks).toEqual(['peerDependencies.@x/b asks for a range that does not admit 2.0.0; it is left as it is']);
  });

  test('a byte-order mark, CR LF and a missing last line end stay', async () => {
    const text = '\ufeff{\r\n  "version": "1.2.0"\r\n}';
    const result = await bump(text);
    expect(result.text).toBe(text.replace('1.2.0', '1.3.0'));
    expect(result.places).toMatchObject([{ line: 2, column: 15 }]);
  });

  test.each([
    ['{"name":"a"}', 1, /no version/],
    ['{\n"version": 1}', 2, /not a string/],
    ['{"version": "workspace"}', 1, /no version that can be changed: "workspace"/],
    ['{"version": "1\\u002e2.0"}', 1, /no version that can be changed/],
    ['{"version":"1.2.0",\n"version":"1.1.0"}', 2, /another version/],
    ['{"version": "1.2.0",\n}', 2, /not valid JSON/],
    ['["version", "1.2.0"]', 1, /not a JSON object/],
    ['', 1, /not valid JSON/],
  ])('%j is refused, with its line', async (text, line, problem) => {
    await expect(bump(text)).rejects.toThrowWithCode('E_BUMP', problem);
    await expect(bump(text)).rejects.toMatchObject({ place: { file: 'package.json', line } });
  });

  test.each(['1.3.1', '26', '2024.1', '1.3.0.1'])('where none is expected, %s is not made less', async (version) => {
    const text = JSON.stringify({ version });
    await expect(bump(text)).rejects.toThrowWithCode('E_BUMP', /is above 1\.3\.0, the first release as far as tags tell/);
  });

  test.each(['1.3.0-rc.1', '1.3', '1.2.9', '0.0.0'])('where none is expected, %s becomes the new one', async (version) => {
    expect((await bump(JSON.stringify({ version }))).text).toBe('{"version":"1.3.0"}');
  });

  test('another version than the expected one is refused; the new one is there already: nothing changes', async () => {
    await expect(bump(manifest, { from: '1.1.0' })).rejects.toThrowWithCode('E_BUMP', /version is "1.2.0", but 1.1.0 is expected/);
    expect(await bump(manifest, { from: '1.1.0', to: '1.2.0' })).toEqual({ text: manifest, places: [], remarks: [] });
  });

  test('a private package needs no version; what it asks for follows', async () => {
    const text = '{"private": true, "dependencies": {"@x/b": "1.2.0"}}';
    const { places, remarks } = await bump(text, { names: ['@x/b'] });
    expect(places.map(({ what }) => what)).toEqual(['dependencies.@x/b']);
    expect(remarks).toEqual(['the package is private and has no version']);
  });

  test('a file found by habit may have no version, or a placeholder', async () => {
    expect(await bump('{"name":"a"}', { byHabit: true })).toEqual({ text: '{"name":"a"}', places: [], remarks: [] });
    for (const placeholder of ['0.0.0', '0.0.0-development']) {
      const text = `{"version":"${placeholder}"}`;
      const remarks = [`version is ${placeholder}, a placeholder; it is left as it is`];
      expect(await bump(text, { byHabit: true, from: '1.2.0' })).toEqual({ text, places: [], remarks });
      await expect(bump(text, { from: '1.2.0' })).rejects.toThrowWithCode('E_BUMP', /but 1.2.0 is expected/);
      expect((await bump(text, { byHabit: true })).places).toHaveLength(1);
    }
    await expect(bump('{"version":"1.0.0"}', { byHabit: true, from: '1.2.0' })).rejects.toThrowWithCode('E_BUMP', /but 1.2.0/);
  });

  test('of any package exactly the version changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 2, '\t'), async (rest, indent) => {
        const value = { ...rest, version: '1.2.0' };
        const { text } = await bump(JSON.stringify(value, null, indent));
        expect(text).toBe(JSON.stringify({ ...value, version: '1.3.0' }, null, indent));
      }),
    );
  });
});

const lock = `${JSON.stringify(
  {
    name: 'root',
    version: '1.2.0',
    lockfileVersion: 2,
    packages: {
      '': { name: 'root', version: '1.2.0', workspaces: ['packages/*'], dependencies: { '@x/b': '^1.2.0' } },
      'node_modules/@x/a': { resolved: 'packages/a', link: true },
      'node_modules/@x/b': { resolved: 'packages/b', link: true },
      'node_modules/other': { version: '1.2.0', resolved: 'x', dependencies: { '@x/a': '1.2.0' } },
      'packages/a': { name: '@x/a', version: '1.2.0', dependencies: { '@x/b': '1.2.0', other: '1.2.0' } },
      'packages/b': { name: '@x/b', version: '7.0.0' },
    },
    dependencies: { '@x/a': { version: 'file:packages/a', requires: { '@x/b': '1.2.0' } }, other: { version: '1.2.0' } },
  },
  null,
  2,
)}\n`;

describe('package-lock.json', () => {
  test('both places of the root change, and nothing else', async () => {
    const { text, places } = await bumpLock(lock, { from: '1.2.0' });
    expect(places.map(({ line, what }) => [line, what])).toEqual([
      [3, 'version'],
      [8, 'packages[""].version'],
    ]);
    expect(text).toBe(
      lock
        .replace('"version": "1.2.0"', '"version": "1.3.0"')
        .replace('"root",\n      "version": "1.2.0"', '"root",\n      "version": "1.3.0"'),
    );
  });

  test('workspaces that are named change as well, with what they ask of each other', async () => {
    const { places } = await bumpLock(lock, { from: '1.2.0', names: ['@x/a'] });
    expect(places.map(({ what }) => what)).toEqual(['version', 'packages[""].version', 'packages["packages/a"].version']);
    await expect(bumpLock(lock, { from: '1.2.0', names: ['@x/b'] })).rejects.toThrowWithCode(
      'E_BUMP',
      /packages\["packages\/b"\].version is "7.0.0"/,
    );
    const both = await bumpLock(lock.replace('7.0.0', '1.2.0'), { names: ['@x/a', '@x/b'] });
    expect(both.places.map(({ what }) => what).slice(2)).toEqual([
      'dependencies.@x/b',
      'packages["packages/a"].version',
      'dependencies.@x/b',
      'packages["packages/b"].version',
      'requires.@x/b',
    ]);
    const { packages } = JSON.parse(both.text);
    expect(packages['node_modules/other']).toEqual({ version: '1.2.0', resolved: 'x', dependencies: { '@x/a': '1.2.0' } });
    expect(packages['packages/a'].dependencies).toEqual({ '@x/b': '1.3.0', other: '1.2.0' });
  });

  test('places that disagree are refused', async () => {
    await expect(bumpLock(lock.replace('1.2.0', '1.1.0'))).rejects.toMatchObject({ code: 'E_BUMP', place: { line: 8 } });
  });

  test('a MiB is read once', async () => {
    const packages = Object.fromEntries(
      Array.from({ length: 9500 }, (_, index) => [`node_modules/p${index}`, { version: '1.2.0', resolved: 'x'.repeat(60) }]),
    );
    const text = JSON.stringify({ version: '1.2.0', packages: { '': { version: '1.2.0' }, ...packages } });
    expect(text.length).toBeGreaterThan(2 ** 20);
    expect((await bumpLock(text)).places).toHaveLength(2);
  });
});
