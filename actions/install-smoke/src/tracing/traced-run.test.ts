import { expect, test } from '@jest/globals';
import type { Problem } from '../problem.ts';
import { explain, isTraced } from './traced-run.ts';

const subject = { kind: 'script', package: 'web', name: 'postinst' } as const;
const failed: Problem = {
  category: 'script-failed',
  message: 'the postinst script of web failed',
  evidence: 'Setting up web (1.0) ...',
  subject,
};

test('only a script that ended badly runs again', () => {
  expect(isTraced(failed)).toBe(true);
  expect(isTraced({ ...failed, category: 'script-hangs' })).toBe(true);
  expect(isTraced({ ...failed, category: 'needs-network', level: 'warning' })).toBe(false);
  expect(isTraced({ ...failed, category: 'resource-limit' })).toBe(false);
  expect(isTraced({ ...failed, category: 'unit-policy' })).toBe(false);
  expect(isTraced({ ...failed, subject: { kind: 'path', path: '/x' } })).toBe(false);
});

test('the last command is in the message, the ones before it stand before what was seen', () => {
  const trace = { script: '#!/bin/sh\ntrue\nfalse\n', line: 3, commands: ['2: true', '3: false'] };
  expect(explain(failed, subject, trace)).toEqual({
    ...failed,
    message: 'the postinst script of web failed, at: false',
    evidence: 'The last commands of the postinst script, with their lines:\n2: true\n3: false\n\nSetting up web (1.0) ...',
    subject: { ...subject, line: 3, script: trace.script },
  });
});

test('without a trace, the line that the shell named counts, and else nothing is added', () => {
  expect(explain(failed, subject, undefined)).toBe(failed);
  const evidence = '/var/lib/dpkg/info/web.postinst: 12: [[: not found';
  expect(explain({ ...failed, evidence }, subject, undefined).subject).toEqual({ ...subject, line: 12 });
});
