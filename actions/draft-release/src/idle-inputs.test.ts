import { expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import { refuseIdleInputs } from './idle-inputs.ts';
import { spec } from './spec.ts';

const check = (given: Readonly<Record<string, string>>) =>
  refuseIdleInputs(readInputs(spec, { tag: 'v1.0.0', ...given }, { workspace: '/tmp', nameOf: (name) => name }));

test.each([
  [{ from: 'v1.0.0-rc.1' }, /from does nothing in mode draft/],
  [{ reason: 'Broken.' }, /reason does nothing in mode draft/],
  [{ mode: 'restore', reason: 'Broken.' }, /reason does nothing in mode restore/],
  [{ mode: 'rollback', publish: 'true' }, /publish does nothing in mode rollback/],
  [{ mode: 'yank', commit: 'a'.repeat(40) }, /commit does nothing/],
  [{ mode: 'promote', 'manifest-digest': '0'.repeat(64) }, /manifest-digest does nothing in mode promote/],
  [{ mode: 'check', fingerprint: 'A'.repeat(40) }, /fingerprint does nothing in mode check/],
  [{ mode: 'rollback', 'notes-text': 'New' }, /notes-text does nothing in mode rollback/],
  [{ mode: 'promote', attestation: '/tmp' }, /attestation does nothing in mode promote/],
])('%j is refused: an input that does nothing was meant to do something', (given, message) => {
  expect(() => check(given)).toThrowWithCode('E_INPUT', message);
});

test.each([
  {},
  { publish: 'true', channel: 'beta', pointers: 'major' },
  { mode: 'promote', from: 'v1.0.0-rc.1', fingerprint: 'A'.repeat(40) },
  { mode: 'check', publish: 'true', channel: 'beta', 'notes-text': 'New', commit: 'a'.repeat(40) },
  { mode: 'rollback', reason: 'Broken.', pointers: 'major', 'dry-run': 'true' },
])('%j is all of use', (given) => {
  expect(() => check(given)).not.toThrow();
});
