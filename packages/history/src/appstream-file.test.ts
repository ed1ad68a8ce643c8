import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { insertAppstream } from './appstream-file.ts';
import { hostileText } from './hostile-text.test-support.ts';
import { commitOf, hostileRelease, linkedStyle, sampleRelease } from './sample-release.test-support.ts';
import { xmlTags } from './xml-tag.ts';

const fixtures = join(import.meta.dirname, 'fixtures/appstream');
const sample = (name: string): string => readFileSync(join(fixtures, name), 'utf8');
const insert = (text: string, release = sampleRelease): string =>
  insertAppstream({ path: 'hello.metainfo.xml', text }, release, linkedStyle, 'https://git.example.org/a/b/releases/v2.0.0');
const names = readdirSync(fixtures)
  .filter((name) => name.endsWith('.before.xml'))
  .map((name) => name.slice(0, -'.before.xml'.length));
const component = (inside: string): string => `<component>\n  <id>a</id>\n  ${inside}\n</component>\n`;
const versionsIn = (text: string): readonly string[] =>
  xmlTags(text)
    .tags.filter(({ name, kind }) => name === 'release' && kind !== 'close')
    .map(({ attributes }) => attributes.get('version') ?? '');

describe('a release comes into the metadata as the file is written', () => {
  test.each(names)('%s', (name) => {
    expect(insert(sample(`${name}.before.xml`))).toBe(sample(`${name}.after.xml`));
  });

  test.each(names)('%s: twice is the same as once', (name) => {
    expect(insert(sample(`${name}.after.xml`))).toBe(sample(`${name}.after.xml`));
  });

  const withTool = existsSync('/usr/bin/appstreamcli') || process.env['CI'] !== undefined ? test : test.skip;
  withTool('appstreamcli finds nothing wrong, not even with hostile words', () => {
    const folder = mkdtempSync(join(tmpdir(), 'appstream-'));
    try {
      const hostile = hostileRelease('https://example.org </li> & ]]> <!-- \u0001 \ufffe "\'');
      const texts = [...names.map((name) => sample(`${name}.after.xml`)), insert(sample('listed.before.xml'), hostile)];
      for (const text of texts) {
        const file = join(folder, 'org.example.hello.metainfo.xml');
        writeFileSync(file, text);
        execFileSync('appstreamcli', ['validate', '--no-net', '--strict', file], { stdio: 'pipe' });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the place of a release', () => {
  test.each([
    ['above older ones', ['1.0.0', '0.9.0'], ['2.0.0', '1.0.0', '0.9.0']],
    ['below newer ones', ['3.0.0', '1.0.0'], ['3.0.0', '2.0.0', '1.0.0']],
    ['at the end', ['3.0.0', '2.0.1'], ['3.0.0', '2.0.1', '2.0.0']],
    ['above its own candidate', ['2.0.0~rc.1'], ['2.0.0', '2.0.0~rc.1']],
    ['above what has no version of ours', ['2026a'], ['2.0.0', '2026a']],
  ])('is %s', (_, before, after) => {
    const list = before.map((version) => `\n    <release version="${version}"/>`).join('');
    expect(versionsIn(insert(component(`<releases>${list}\n  </releases>`)))).toEqual(after);
  });

  test('a candidate is a development release that sorts before the release', () => {
    const text = insert(component('<releases/>'), { ...sampleRelease, version: '2.0.0-rc.1' });
    expect(text).toContain('<release version="2.0.0~rc.1" date="2026-03-01" type="development">');
  });
});

test('long lists are cut, and what users do not see is left out', () => {
  const commits = [...Array.from({ length: 30 }, (_, index) => commitOf('a', `fix: number ${index}`)), commitOf('b', 'chore: unseen')];
  const text = insert(component('<releases/>'), { ...sampleRelease, commits });
  expect(text).toContain('<li>and 20 more</li>');
  expect(text).not.toContain('unseen');
});

test.each([
  ['a release of this version in other words', component('<releases><release version="2.0.0"/></releases>'), 3],
  ['releases in another file', component('<releases type="external"/>'), 3],
  ['what never closes', component('<releases>'), 4],
  ['a comment that never ends', component('<!-- '), 3],
  ['another root', '<application/>', 1],
  ['nothing at all', '', 1],
])('%s is refused, by line', (_, text, line) => {
  expect(() => insert(text)).toThrowWithCode('E_CHANGELOG_FILE');
  expect(() => insert(text)).toThrow(expect.objectContaining({ place: { file: 'hello.metainfo.xml', line } }));
});

test('whatever commits say, the file has one more release and every other byte (H5)', () => {
  const before = sample('listed.before.xml');
  fc.assert(
    fc.property(hostileText, (text) => {
      const after = insert(before, hostileRelease(text));
      expect(xmlTags(after).fault).toBeUndefined();
      expect(versionsIn(after)).toEqual(['2.0.0', ...versionsIn(before)]);
      const start = after.indexOf('\n\t\t<release version="2.0.0"');
      const end = after.indexOf('</release>') + '</release>'.length;
      expect(after.slice(0, start) + after.slice(end)).toBe(before);
    }),
    { numRuns: 300 },
  );
});

test('tags are found in any text in linear time', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', '"', "'", '=', ' ', '!', '-', '?') }), (text) => void xmlTags(text)),
  );
  for (const unit of ['<a ', '<!--', '<a b="', ' a="b"', '<']) xmlTags(`<a${unit.repeat(200_000)}`);
});
