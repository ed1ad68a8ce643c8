import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { cures } from './cure.ts';
import { type Explanation, parseExplanations } from './explanation.ts';

// What lintian-explain-tags of lintian 2.116.3 prints.
const printed = readFileSync(new URL('./fixtures/explanations-2.116.txt', import.meta.url), 'utf8');
const explanations = parseExplanations(printed);
const explained = (tag: string): Explanation => explanations.get(tag) ?? { meaning: 'nothing', references: [] };

describe('what lintian-explain-tags prints', () => {
  test('is one entry a tag, capitals and slashes in names included', () => {
    expect([...explanations.keys()]).toEqual([
      'continuous-integration/salsa/include',
      'debian-watch-file-is-missing',
      'description-too-short',
      'epoch-changed-but-upstream-version-did-not-go-backwards',
      'FSSTND-dir-in-usr',
      'hardening-no-pie',
      'maintainer-script-ignores-errors',
      'maintscript-calls-ldconfig',
      'no-versioned-debhelper-prerequisite',
    ]);
  });

  test('gives meaning, references and cure, each by itself', () => {
    expect(explained('maintainer-script-ignores-errors')).toEqual({
      meaning:
        "The maintainer script doesn't seem to set the -e flag which ensures that the script's execution is aborted when any executed command fails.",
      details:
        "The maintainer script doesn't seem to set the -e flag which ensures that the script's execution is aborted when any executed command fails.",
      references: ['Scripts (Section 10.4) in the Debian Policy Manual'],
      cure: 'Write "set -e" as the first command of the script.',
    });
  });

  test('facts and references are no part of a meaning, however its sections are made', () => {
    for (const [, { meaning, details = '' }] of explanations) {
      expect(meaning).not.toBe('');
      expect(details).not.toMatch(/Visibility:|Show-Always:|Check:|Please refer to|Renamed from:|Advocates:/);
    }
  });

  test('a paragraph is one line, an example stays as it is', () => {
    expect(explained('no-versioned-debhelper-prerequisite').details).toMatch(
      /for example:\n {1,2}Build-Depends: debhelper-compat \(= 13\)\nNote /,
    );
    expect(explained('epoch-changed-but-upstream-version-did-not-go-backwards').details).toMatch(
      /include:\n {1,2}- Upstream changed their versioning scheme in a way that makes the\n {1,3}latest version lower than the previous one\.\n {1,2}- You need/,
    );
  });

  test('several references are told apart', () => {
    expect(explained('hardening-no-pie').references.map((one) => new URL(one).host)).toEqual([
      'wiki.debian.org',
      'gcc.gnu.org',
      'software.intel.com',
    ]);
  });

  test('former names are known, over line ends too', () => {
    expect(explained('no-versioned-debhelper-prerequisite').formerNames).toEqual([
      'package-needs-versioned-debhelper-build-depends',
      'package-lacks-versioned-build-depends-on-debhelper',
    ]);
  });

  test('where lintian sets a finding aside by itself is told', () => {
    expect(explained('maintscript-calls-ldconfig').screen).toMatch(
      /^Screen: glibc\/control\/ldconfig .* Reason: The packages built from glibc/,
    );
    expect(explained('maintscript-calls-ldconfig').meaning).not.toMatch(/glibc/);
  });

  test('a long meaning is cut, the cut is shown, and the whole is kept', () => {
    const { meaning, details = '' } = explained('no-versioned-debhelper-prerequisite');
    expect(meaning.endsWith('\n…')).toBe(true);
    expect(meaning.length).toBeLessThan(720);
    expect(details.length).toBeGreaterThan(720);
    const long = parseExplanations(`E: a-tag\nN: \n${'N:   word word\n'.repeat(100)}`).get('a-tag')?.meaning ?? '';
    expect(long.length).toBeLessThan(720);
    expect(long.endsWith(' …')).toBe(true);
  });

  test('anything else is no entry', () => {
    expect(parseExplanations('').size).toBe(0);
    expect(parseExplanations('Unknown tag: nonsense\nN: floating\n').size).toBe(0);
  });
});

test('the form of lintian 2.114 (Ubuntu 22.04) is read as well', () => {
  const older = parseExplanations(readFileSync(new URL('./fixtures/explanations-2.114.txt', import.meta.url), 'utf8'));
  expect([...older].map(([tag, { references, cure }]) => [tag, references.length, cure !== undefined])).toEqual([
    ['maintainer-script-ignores-errors', 1, true],
    ['maintscript-calls-ldconfig', 1, false],
    ['silent-on-rules-requiring-root', 3, true],
  ]);
  expect(older.get('maintainer-script-ignores-errors')).toMatchObject({ references: ['Debian Policy Manual section 10.4'] });
});

test('a cure by a former name is found as well', () => {
  const text = 'W: brand-new-name\nN: \nN:   Something is wrong.\nN: \nN:   Visibility: warning\nN:   Renamed from: no-manual-page\n';
  expect(parseExplanations(text).get('brand-new-name')?.cure).toBe(cures.get('no-manual-page'));
});

test('each cure is one plain sentence that fits an annotation', () => {
  for (const [tag, cure] of cures) expect(`${tag}: ${cure}`).toMatch(/^[a-z][\w.-]+: [A-Z][^\n]{20,160}[.]$/);
});
