import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import type { TagFacts } from '@release-kit/debian';
import { knownTags, linterFor, suppressedTags } from './linter.ts';

test.each([
  ['build', 'debian:12', 'debian:12'],
  ['build', 'ubuntu:24.04', 'ubuntu:24.04'],
  ['build', 'raspios:13', 'debian:13'],
  ['debian:sid', 'ubuntu:24.04', 'debian:sid'],
  ['debian:trixie', 'debian:12', 'debian:13'],
])('lintian %s checks what was built for %s by that of %s', (wanted, distribution, expected) => {
  expect(linterFor(wanted, distribution)).toBe(expected);
});

test('no other lintian can be asked for', () => {
  for (const wanted of ['', 'fedora:40', 'BUILD', 'debian:12 ']) {
    expect(() => linterFor(wanted, 'debian:12')).toThrowWithCode('E_INPUT', /is neither build nor one of debian:11/);
  }
});

test.each(['', '--help', 'a,b', 'a b', '../x', 'a/', '*', 'tag\n'])('%j cannot be the name of a tag', (tag) => {
  expect(() => suppressedTags([tag])).toThrowWithCode('E_INPUT', /is not the name of a tag/);
});

test('tags that this lintian does not know are told and left out; former names are known', async () => {
  await using host = await recordingHost();
  const fact: TagFacts = { severity: 'info', experimental: false, formerNames: ['old-name'] };
  const facts = new Map([
    ['new-name', fact],
    ['team/x/no-header', fact],
  ]);
  const given = suppressedTags(['team/x/no-header', 'new-name', 'old-name', 'new-nome', 'new-name']);
  expect(knownTags(given, facts, '2.116', host)).toEqual(['new-name', 'old-name', 'team/x/no-header']);
  expect(host.recorded.lines).toEqual(['warning: lintian 2.116 knows no tag new-nome; did you mean new-name?']);
});
