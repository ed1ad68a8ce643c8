import { expect, test } from '@jest/globals';
import { parseTagFacts, renamedTags, withTagFacts } from './lintian-tags.ts';
import { parseLintianText } from './lintian-text.ts';

const facts = parseTagFacts(
  [
    'Tag: old-style',
    'Severity: error',
    'Check: a/b',
    'Renamed-From:',
    ' older-style',
    ' oldest-style',
    'Explanation: One line.',
    ' .',
    ' Severity: none of the tag.',
    '',
    'Screen: a/screen',
    'Severity: pedantic',
    'Tag: on-trial',
    'Severity: info',
    'Experimental: yes',
    'Renamed-From: on-probation old-style',
    'Tag: no-header',
    'Severity: warning',
    'Check: team/x',
    'Name-Spaced: yes',
    'Tag: of-tomorrow',
    'Severity: fatal',
    'Severity: info',
    '',
  ].join('\n'),
);

test('descriptions of tags are read one after the other, whatever else is in them', () => {
  expect([...facts]).toEqual([
    ['old-style', { severity: 'error', experimental: false, formerNames: ['older-style', 'oldest-style'] }],
    ['on-trial', { severity: 'info', experimental: true, formerNames: ['on-probation', 'old-style'] }],
    ['team/x/no-header', { severity: 'warning', experimental: false, formerNames: [] }],
    ['of-tomorrow', { severity: 'info', experimental: false, formerNames: [] }],
  ]);
  for (const text of ['', 'nothing', 'Tag:\nSeverity: error', 'Tag: x\nSeverity: huge']) expect(parseTagFacts(text).size).toBe(0);
});

test('a former name leads to the present one, unless it is in use again', () => {
  expect([...renamedTags(facts)]).toEqual([
    ['older-style', 'old-style'],
    ['oldest-style', 'old-style'],
    ['on-probation', 'on-trial'],
  ]);
});

test('a text report gets what it does not say', () => {
  const report = withTagFacts(parseLintianText('O: a: old-style\nX: a: on-trial\nO: a: unheard-of\nO: a: on-trial\n'), facts);
  expect(report.files[0]?.hints.map(({ severity, experimental, overridden }) => [severity, experimental, overridden])).toEqual([
    ['error', false, true],
    ['info', true, false],
    ['classification', false, true],
    ['info', true, true],
  ]);
});
