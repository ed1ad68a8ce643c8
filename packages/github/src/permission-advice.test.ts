import { expect, test } from '@jest/globals';
import { acceptedPermissions, grantOf, lacksScope, missingPermission, permissionCure } from './permission-advice.ts';

const denied = 'Resource not accessible by integration';

test.each([
  ['contents=write', 'contents: write'],
  ['security_events=write', 'security-events: write'],
  ['pull_requests=write,contents=read', 'pull-requests: write, and contents: read'],
  ['contents=write,workflows=write; administration=write', 'contents: write, and workflows: write'],
  ['metadata=read,checks=write', 'checks: write'],
  ['metadata=read', undefined],
  ['allows_permissionless_access=true', undefined],
  ['\u001b[31m=write', undefined],
  ['', undefined],
  [undefined, undefined],
])('the header %j means %s', (header, permission) => {
  expect(acceptedPermissions(header)).toBe(permission);
});

test.each([
  [
    'contents: write',
    'write "contents: write" below "permissions:" of the job, and of the job that calls this workflow, if another one does.',
  ],
  [
    'contents: write, and pull-requests: write',
    'write "contents: write" and "pull-requests: write" below "permissions:" of the job, and of the job that calls this workflow, if another one does.',
  ],
  ['administration: read', 'pass the token of an app or a person who has administration: read: the token of a job never has it.'],
])('%s is granted by', (permission, words) => {
  expect(grantOf(permission)).toBe(words);
});

test.each([
  [
    'contents: read',
    denied,
    'Write "contents: read" below "permissions:" of the job, and of the job that calls this workflow, if another one does.',
  ],
  [
    'checks: write',
    denied,
    'Write "checks: write" below "permissions:" of the job, and of the job that calls this workflow, if another one does. Runs for pull requests from forks may only read.',
  ],
  [
    'contents: write',
    'Resource not accessible by personal access token',
    'Give the personal access token contents: write for this repository (a classic one: the scope repo), or pass github.token and write "contents: write" below "permissions:" of the job, and of the job that calls this workflow, if another one does.',
  ],
])('the cure for %s after "%s"', (permission, said, cure) => {
  expect(permissionCure(permission, said)).toBe(cure);
});

test.each([
  ['contents: write', 'contents: read', 'contents: write'],
  ['contents: write, and pull-requests: write', 'contents: read', 'contents: write, and pull-requests: write'],
  ['contents: write', 'workflows: write', 'workflows: write'],
  ['contents: read', 'contents: write', 'contents: write'],
  ['checks: write', undefined, 'checks: write'],
])('who needs %s and is refused for %s lacks %s', (needed, accepted, missing) => {
  expect(missingPermission(needed, accepted)).toBe(missing);
});

test.each([
  ['contents: write', 'repo, workflow', false],
  ['contents: write', 'public_repo', false],
  ['contents: write', 'read:org, gist', true],
  ['contents: write', '', true],
  ['contents: write', undefined, false],
  ['contents: read', '', false],
])('%s with the scopes %j', (permission, scopes, lacks) => {
  expect(lacksScope(permission, scopes)).toBe(lacks);
});
