import { expect, test } from '@jest/globals';
import { comparisonOf, eventOf } from './comparison.ts';

const sha = 'a'.repeat(40);
const asked = { base: undefined, onlyChanged: true };
const event = { base: { sha, branch: 'main' }, privateRepository: false };

test.each([
  ['push', { kind: 'all', reason: 'this is no pull request but push' }],
  ['pull_request_target', { kind: 'all', reason: 'this is no pull request but pull_request_target' }],
  [undefined, { kind: 'all', reason: 'this is no pull request' }],
  ['pull_request', { kind: 'pull-request', base: sha, branch: 'main', merge: true }],
])('%s: %j', (eventName, expected) => {
  expect(comparisonOf(asked, event, { eventName, ref: 'refs/pull/7/merge' })).toEqual(expected);
});

test('what the user asks for counts more than the event', () => {
  const github = { eventName: 'pull_request', ref: 'refs/heads/x' };
  expect(comparisonOf({ ...asked, onlyChanged: false }, event, github)).toEqual({ kind: 'all', reason: 'only-changed is false' });
  expect(comparisonOf({ ...asked, base: 'v1' }, event, { eventName: 'push', ref: undefined })).toEqual({ kind: 'named', base: 'v1' });
  expect(comparisonOf(asked, event, github)).toMatchObject({ merge: false });
  expect(comparisonOf(asked, { ...event, base: undefined }, github)).toMatchObject({ kind: 'all' });
});

test.each([
  [
    { pull_request: { base: { sha, ref: 'main' } }, repository: { private: true } },
    { base: { sha, branch: 'main' }, privateRepository: true },
  ],
  [{ pull_request: { base: { sha: '--output=/etc/passwd' } } }, { base: undefined, privateRepository: undefined }],
  [
    { pull_request: null, repository: [] },
    { base: undefined, privateRepository: undefined },
  ],
  ['text', { base: undefined, privateRepository: undefined }],
  [null, { base: undefined, privateRepository: undefined }],
])('the event %j says %j', (payload, expected) => {
  expect(eventOf(payload)).toEqual(expected);
});
