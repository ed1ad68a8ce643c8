import { describe, expect, test } from '@jest/globals';
import { type JobResult, readJobResults } from './job-result.ts';
import { inWords, verdictOf } from './verdict.ts';

const job = (name: string, outcome: JobResult['outcome'], more: Partial<JobResult> = {}): JobResult => ({
  name,
  outcome,
  sentence: undefined,
  idle: false,
  ...more,
});

/** The table of docs/decisions/0026-workflows.md. */
describe('one sentence for all jobs', () => {
  const built = job('packages', 'success', { sentence: 'Built, linted and tried: hello 1.2.3 for debian:12 amd64' });
  const broken = job('packages', 'failure', { sentence: 'hello for debian:12 amd64 did not build' });
  test.each([
    [[built, job('titles', 'success')], [], true, 'Built, linted and tried: hello 1.2.3 for debian:12 amd64; titles passed.'],
    [
      [job('packages', 'success', { idle: true }), job('titles', 'success')],
      [],
      true,
      'Nothing to build: no package is touched; titles passed.',
    ],
    [[built, job('key', 'skipped')], [], true, 'Built, linted and tried: hello 1.2.3 for debian:12 amd64.'],
    [[broken, job('titles', 'success')], [], false, 'packages failed: hello for debian:12 amd64 did not build.'],
    [[broken, job('titles', 'failure')], [], false, 'packages failed: hello for debian:12 amd64 did not build; titles failed.'],
    [[job('packages', 'failure'), job('key', 'cancelled')], [], false, 'packages failed; key was cancelled.'],
    [[job('packages', 'cancelled'), job('draft', 'skipped')], ['draft'], false, 'packages was cancelled.'],
    [[job('sign', 'failure'), job('draft', 'skipped')], ['draft'], false, 'sign failed.'],
    [[job('sign', 'success'), job('draft', 'skipped')], ['draft'], false, 'draft was skipped, and must not be.'],
    [[job('sign', 'success')], ['draft'], false, 'there is no job draft.'],
    [[job('key', 'skipped')], [], true, 'Nothing had to be done.'],
  ] as const)('%#', (jobs, required, passed, sentence) => {
    expect(verdictOf(jobs, required)).toEqual({ passed, sentence });
  });

  test('names in words', () => expect([['a'], ['a', 'b'], ['a', 'b', 'c'], []].map(inWords)).toEqual(['a', 'a and b', 'a, b and c', '']));
});

describe('toJSON(needs)', () => {
  test('results, sentences and idleness are read, in the order of the jobs', () => {
    const text = JSON.stringify({
      packages: { result: 'success', outputs: { any: 'false', result: '' } },
      titles: { result: 'failure', outputs: { result: 'one\n::error::two' } },
      key: { result: 'skipped', outputs: {} },
    });
    expect(readJobResults(text)).toEqual([
      job('packages', 'success', { idle: true }),
      job('titles', 'failure', { sentence: 'one\\n\\::error::two' }),
      job('key', 'skipped'),
    ]);
  });
  test.each(['', 'null', '[]', '{}', '{"a":{}}', '{"a":{"result":"fine"}}', '{"a":null}'])('%j is refused', (text) => {
    expect(() => readJobResults(text)).toThrowWithCode('E_INPUT', /input needs/);
  });
});
