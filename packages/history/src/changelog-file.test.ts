import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action/errors';
import fc from 'fast-check';
import { insertSection } from './changelog-file.ts';
import { hostileText } from './hostile-text.test-support.ts';
import { defaultStyle } from './notes-style.ts';
import { commitOf, hostileRelease, linkedStyle, sampleRelease } from './sample-release.test-support.ts';

const fixtures = join(import.meta.dirname, 'fixtures/changelog');
const sample = (name: string): string => readFileSync(join(fixtures, name), 'utf8');
const insert = (text: string, release = sampleRelease, style = linkedStyle): string =>
  insertSection({ path: 'CHANGELOG.md', text }, release, style);
const names = readdirSync(fixtures)
  .filter((name) => name.endsWith('.before.md'))
  .map((name) => name.slice(0, -'.before.md'.length));

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/\r+$/, ''))
    .filter((line) => line.trim() !== '');

/** Whether one text is what is left of the other when lines are taken out; empty lines and line ends aside. */
function isWithin(small: string, large: string): boolean {
  const lines = linesOf(large);
  let at = 0;
  return linesOf(small).every((line) => {
    at = lines.indexOf(line, at) + 1;
    return at > 0;
  });
}

describe('the section of a release comes on top of the others, by the habit of the file', () => {
  test.each(names)('%s', (name) => {
    expect(insert(sample(`${name}.before.md`))).toBe(sample(`${name}.after.md`));
  });

  test.each(names)('%s: twice is the same as once', (name) => {
    const once = sample(`${name}.after.md`);
    expect(insert(once)).toBe(once);
  });

  test.each(names)('%s: every line that was there is there, in its order', (name) => {
    const kept = sample(`${name}.before.md`).replace('/compare/v1.4.0...HEAD', '/compare/v2.0.0...HEAD');
    expect(isWithin(kept, sample(`${name}.after.md`))).toBe(true);
  });
});

describe('a section of the same version', () => {
  const once = insert('# Changelog\n\n## 1.4.0\n\n- old\n');
  const later = { ...sampleRelease, commits: [commitOf('9', 'fix: one more'), ...sampleRelease.commits] };

  test('is written anew while it is ours', () => {
    expect(insert(once, later)).toBe(insert('# Changelog\n\n## 1.4.0\n\n- old\n', later));
  });

  test('is written anew between what people put above our mark and below our entries', () => {
    const edited = once.replace('<!-- release-kit', 'Our **best** release.\n\n<!-- release-kit').replace('## 1.4.0', 'Enjoy!\n\n## 1.4.0');
    expect(insert(edited, later)).toContain('Our **best** release.\n\n<!-- release-kit');
    expect(insert(edited, later)).toContain('\n\nEnjoy!\n\n## 1.4.0');
    expect(insert(edited, later)).toContain('one more');
  });

  test.each([
    ['whose entries were changed', once.replace('twice as fast', 'three times as fast')],
    ['whose heading was changed', once.replace('2026-03-01', '2026-03-02')],
    ['that people wrote', '# Changelog\n\n## [2.0.0] - 2026-03-01\n\n- by hand\n'],
    ['that lost a line', once.replace(/- twice.*\n/, '')],
  ])('%s is left alone, and the run ends', (_, text) => {
    expect(() => insert(text, later)).toThrowWithCode('E_CHANGELOG_FILE');
  });

  test('is found by its whole version', () => {
    expect(insert('## 2.0.0-rc.1\n\n- candidate\n')).toContain('## 2.0.0-rc.1\n\n- candidate\n');
  });
});

test('without addresses the links of the file are a pattern', () => {
  const text = insert(sample('keep-a-changelog.before.md'), sampleRelease, defaultStyle);
  expect(text).toContain(
    '[Unreleased]: https://git.example.org/a/b/compare/v2.0.0...HEAD\n[2.0.0]: https://git.example.org/a/b/compare/v1.4.0...v2.0.0\n',
  );
});

test('nothing is written into code or a comment that never ends', () => {
  expect(() => insert('# Changelog\n\n```\nopen\n')).toThrowWithCode('E_CHANGELOG_FILE');
  expect(() => insert('# Changelog\n\n<!--\nopen\n')).toThrowWithCode('E_CHANGELOG_FILE');
});

test('a release without version has no place in the file', () => {
  expect(() => insert('', { ...sampleRelease, version: undefined })).toThrowWithCode('E_INPUT');
});

test.each([
  ['bold', '# Changelog\n\n**2.5.1 / 2026-10-10**\n- x\n'],
  ['in a list', '# Changelog\n\n - 0.0.6 (2018/09/11)\n   - x\n'],
])('releases that are no headings, but %s, need a place: below Unreleased', (_, text) => {
  expect(() => insert(text)).toThrowWithCode('E_CHANGELOG_FILE');
  const once = insert(text.replace('# Changelog\n\n', '# Changelog\n\n## Unreleased\n\n'));
  expect(once.indexOf('<!-- release-kit')).toBeLessThan(once.indexOf('- x'));
  expect(insert(once)).toBe(once);
});

// Headings of changelogs that are widely read.
test.each([
  '## [0.0.5] - 2014-08-09 [YANKED]',
  '# [20.0.0](https://example.org/compare) (2020-01-01)',
  '### 2.15.0 [See full changelog](https://example.org)',
  '### 2.11.2 (Fix ReDoS attack vector)',
  '## **6.17.1**',
  '### `0.5.48` _2025-03-23_',
  '## 2026.08 Version 3.37.0',
  '## 2016-05-06, Version 0.12.14 (Maintenance), @somebody',
  '2021-11-14 / 1.8.1\n==================',
  '2.0.0-beta / 2021-12-17\n==================',
  '## v1.2',
  '## v2.1.1. / 2025-12-01',
  '## pkg@1.2.0',
])('%j is a release: the next one goes above', (heading) => {
  const text = `# Changelog\n\nWords.\n\n${heading}\n\n- old\n`;
  const before = '# Changelog\n\nWords.\n\n';
  const once = insert(text, { ...sampleRelease, version: '99.0.0' });
  expect(once.startsWith(before)).toBe(true);
  expect(once.slice(before.length)).toMatch(/^#+ .*99\.0\.0/);
  expect(once.endsWith(`\n\n${heading}\n\n- old\n`)).toBe(true);
});

test('a heading that only speaks of a version is no release', () => {
  const text = '# Changelog\n\n## 1.4.0\n\n### Python 3.11 is enough\n\n### 3.11 is enough\n';
  expect(insert(text)).toContain(text.slice('# Changelog\n\n'.length));
});

test('whatever the file holds, its lines stay, and twice is the same as once', () => {
  const line = fc.oneof(
    hostileText,
    fc.constantFrom(
      '## [Unreleased]',
      '## 1.0.0',
      '# [1.1.0](x) (2020-01-01)',
      'v1.2.0',
      '------',
      '```',
      '<!--',
      '-->',
      '[1.0.0]: y',
      '<a name="1.0.0"></a>',
      '',
    ),
  );
  const file = fc.array(line, { maxLength: 20 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(file, hostileText, (before, text) => {
      const release = hostileRelease(text);
      const once = result(() => insert(before, release, defaultStyle));
      if (once === undefined) return;
      expect(isWithin(before, once)).toBe(true);
      expect(insert(once, release, defaultStyle)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

function result(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
