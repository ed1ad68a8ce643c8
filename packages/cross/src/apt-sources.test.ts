import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { covers, parseSources } from './apt-sources.ts';
import { addedSources, limitArchitectures } from './apt-sources-edit.ts';
import { planSources, type SuiteProbe } from './apt-sources-plan.ts';

const fixtures = join(import.meta.dirname, 'fixtures/apt-sources');
const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const keyring = '/usr/share/keyrings/ubuntu-archive-keyring.gpg';
const ports = 'http://ports.example/ubuntu-ports/';

/** Strangers' hosts in the fixtures. */
const isStranger = (uri: string): boolean => /\/\/(dl|packages|ppa)\.example/.test(uri);

/** What setup-cross does, with the archive's answers given: returns the changed and the added files. */
function after(before: ReadonlyMap<string, string>, served: boolean): Map<string, string> {
  const entries = [...before].flatMap(([name, text]) => (/\.(list|sources)$/.test(name) ? parseSources(text, name) : []));
  const own = entries.filter(({ uris }) => !uris.some(isStranger));
  const probes = own.flatMap((entry) =>
    entry.suites.map(
      (suite): SuiteProbe => ({ entry, suite, served: served || entry.uris.includes(ports), elsewhere: ports, refusals: [] }),
    ),
  );
  const plan = planSources('arm64', probes, ['amd64'], keyring);
  const changed = new Map<string, string>();
  for (const [name, text] of before) {
    const limited = limitArchitectures(
      text,
      plan.limits.filter(({ entry }) => entry.file === name),
    );
    if (limited !== text) changed.set(name, limited);
  }
  if (plan.added.length > 0) changed.set('release-kit-arm64.sources', addedSources('arm64', plan.added));
  return changed;
}

describe.each(readdirSync(fixtures).filter((name) => name !== 'README.md'))('%s', (system) => {
  const before = filesIn(join(fixtures, system, 'before'));

  test('nothing changes where its own archive serves the architecture', () => {
    expect([...after(before, true)]).toEqual([]);
  });

  test('else its own entries are limited, one file is added, and strangers stay as they are', () => {
    const changed = after(before, false);
    expect(Object.fromEntries(changed)).toEqual(Object.fromEntries(filesIn(join(fixtures, system, 'after'))));
    for (const [name, text] of changed)
      if (name.endsWith('list')) expect(text.split('\n')).toHaveLength(before.get(name)?.split('\n').length ?? 0);
  });

  test('the second time nothing is left to do', () => {
    const once = new Map([...before, ...after(before, false)]);
    expect([...after(once, false)]).toEqual([]);
  });
});

describe('parseSources', () => {
  test('reads one line each, with options, comments and what is switched off', () => {
    const text = [
      '# a comment',
      'deb [ arch=amd64,i386  signed-by=/k.gpg ] http://a.example/x  suite  main contrib # why',
      '#deb http://off.example/x suite main',
      'deb-src http://a.example/x suite main',
      'deb\thttp://flat.example/x ./',
      'deb [arch-=arm64] http://b.example suite main',
      'deb broken',
    ].join('\n');
    expect(parseSources(text, '/etc/apt/sources.list')).toMatchObject([
      {
        line: 2,
        uris: ['http://a.example/x'],
        suites: ['suite'],
        components: ['main', 'contrib'],
        architectures: ['amd64', 'i386'],
        signedBy: ['/k.gpg'],
      },
      { line: 5, suites: ['./'], components: [], architectures: undefined },
      { line: 6, excluded: ['arm64'] },
    ]);
  });

  test('reads stanzas with comments inside, several lines and a key inside; what is off or only source counts not', () => {
    const text = [
      'Types: deb deb-src',
      'URIs: http://a.example http://b.example',
      '# between',
      'suites: one',
      ' two',
      'Components: main',
      'Signed-By:',
      ' -----BEGIN',
      ' .',
      ' x',
      '\t ',
      'Types: deb-src',
      'URIs: http://a.example',
      '',
      'Types: deb',
      'Enabled: No',
    ].join('\n');
    expect(parseSources(text, '/x.sources')).toMatchObject([
      { line: 1, uris: ['http://a.example', 'http://b.example'], suites: ['one', 'two'], signedBy: ['-----BEGIN', '.', 'x'] },
    ]);
  });

  test('never fails, whatever a stranger wrote', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ':', ' ', '\n', '\t', '#', '[', ']', 'deb ', 'Types: deb\n', '=', '\r', '\0') }),
        (text) => {
          for (const name of ['/x.list', '/x.sources']) {
            const entries = parseSources(text, name);
            limitArchitectures(
              text,
              entries.map((entry) => ({ entry, architectures: ['amd64'] })),
            );
          }
        },
      ),
    );
  });
});

describe('limitArchitectures', () => {
  test.each([
    ['deb http://a s main\n', 'deb [arch=amd64] http://a s main\n'],
    ['  deb   [signed-by=/k]   http://a s main # x\n', '  deb   [arch=amd64 signed-by=/k] http://a s main # x\n'],
    ['deb [arch=amd64,arm64 trusted=yes] http://a s main', 'deb [arch=amd64 trusted=yes] http://a s main'],
  ])('%j', (before, expected) => {
    const limits = parseSources(before, '/x.list').map((entry) => ({ entry, architectures: ['amd64'] }));
    expect(limitArchitectures(before, limits)).toBe(expected);
  });

  test.each([
    ['URIs: http://a\nTypes: deb\nSuites: s\n', 'URIs: http://a\nTypes: deb\nArchitectures: amd64\nSuites: s\n'],
    ['Types: deb\nArchitectures: amd64\n arm64\n# kept\nSuites: s', 'Types: deb\nArchitectures: amd64\n# kept\nSuites: s'],
  ])('%j', (before, expected) => {
    const limits = parseSources(before, '/x.sources').map((entry) => ({ entry, architectures: ['amd64'] }));
    expect(limitArchitectures(before, limits)).toBe(expected);
  });

  test('what is limited covers the architecture no more, and everything else is as it was', () => {
    const word = fc.constantFrom('main', 'x', 'http://a.example/u', 'suite', 'arm64');
    const stanza = fc.record({ uris: fc.array(word, { minLength: 1 }), suites: fc.array(word, { minLength: 1 }), comment: fc.boolean() });
    fc.assert(
      fc.property(fc.array(stanza), (stanzas) => {
        const text = stanzas
          .map(
            ({ uris, suites, comment }) => `${comment ? '# c\n' : ''}Types: deb\nURIs: ${uris.join(' ')}\nSuites: ${suites.join('\n ')}\n`,
          )
          .join('\n');
        const entries = parseSources(text, '/x.sources');
        const limited = limitArchitectures(
          text,
          entries.map((entry) => ({ entry, architectures: ['amd64'] })),
        );
        const again = parseSources(limited, '/x.sources');
        expect(again.map(({ uris, suites }) => [uris, suites])).toEqual(entries.map(({ uris, suites }) => [uris, suites]));
        expect(again.some((entry) => covers(entry, 'arm64'))).toBe(false);
        expect(limited.replaceAll('Architectures: amd64\n', '')).toBe(text);
      }),
    );
  });
});
