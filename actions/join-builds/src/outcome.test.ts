import { describe, expect, test } from '@jest/globals';
import { type Leg, readLegs } from './leg.ts';
import { isComplete, sentenceOf } from './outcome.ts';

const digest = 'a'.repeat(64);
const leg = (name: string, more: Partial<Leg> = {}): Leg => ({
  name: `${name}-debian-12-amd64`,
  package: name,
  distribution: 'debian:12',
  architecture: 'amd64',
  artifact: `${name}-debian-12-amd64`,
  digest,
  failed: [],
  stage: 'success',
  ...more,
});
const unbuilt = { digest: undefined, stage: 'failure' } as const;

describe('one sentence', () => {
  test.each([
    [[leg('hello')], ['hello 1.2.3'], 'Built, linted and tried: hello 1.2.3 for debian:12 amd64.'],
    [
      [leg('a'), leg('a', { architecture: 'arm64' }), leg('b', { distribution: 'ubuntu:22.04' })],
      ['a 1', 'b 2-1'],
      'Built, linted and tried: a 1, b 2-1 for debian:12 amd64 and arm64, ubuntu:22.04 amd64.',
    ],
    [[leg('a')], ['a 1', 'b 1', 'c 1', 'd 1', 'e 1'], 'Built, linted and tried: 5 packages for debian:12 amd64.'],
    [[leg('hello', unbuilt)], [], 'hello for debian:12 amd64 did not build.'],
    [[leg('a', unbuilt), leg('b')], [], 'a for debian:12 amd64 did not build; 1 of 2 jobs passed.'],
    [
      [leg('a', { failed: ['lintian-check', 'install-smoke'], stage: 'failure' })],
      [],
      'a for debian:12 amd64: lintian-check and install-smoke failed.',
    ],
    [
      [leg('lib', unbuilt), leg('app', { digest: undefined, stage: 'skipped' })],
      [],
      'lib for debian:12 amd64 did not build; app for debian:12 amd64 was not built, since a package before it failed; 0 of 2 jobs passed.',
    ],
    [[leg('a', { digest: undefined, stage: 'cancelled' })], [], 'a for debian:12 amd64 was cancelled.'],
    [
      ['a', 'b', 'c', 'd', 'e'].map((name) => leg(name, unbuilt)),
      [],
      'a for debian:12 amd64 did not build; b for debian:12 amd64 did not build; c for debian:12 amd64 did not build; and 2 more; 0 of 5 jobs passed.',
    ],
  ])('%#', (legs, versions, sentence) => {
    expect(sentenceOf(legs, versions)).toBe(sentence);
    expect(isComplete(legs)).toBe(versions.length > 0);
  });

  test('a job that said it is fine, in a stage that GitHub calls failed, is not taken for complete', () => {
    const legs = [leg('a', { stage: 'failure' })];
    expect(isComplete(legs)).toBe(false);
    expect(sentenceOf(legs)).toBe('A job failed after its checks had passed: look at its last steps.');
  });
});

describe('what the jobs say', () => {
  const job = (name: string) => ({ ...leg(name), stage: 1, needs: '', runner: ['x'] });
  const stages = JSON.stringify([{ include: [job('lib'), job('doc')] }, { include: [job('app')] }]);

  test('each stage has its job, each leg its output, by its place in the matrix', () => {
    const needs = {
      plan: { result: 'success', outputs: {} },
      build: { result: 'failure', outputs: { 'leg-1': `success failure ${digest}`, 'leg-0': `success success ${'b'.repeat(64)}` } },
      'build-2': { result: 'skipped', outputs: {} },
    };
    expect(readLegs(stages, JSON.stringify(needs))).toEqual([
      leg('lib', { digest: 'b'.repeat(64), stage: 'failure' }),
      leg('doc', { failed: ['install-smoke'], stage: 'failure' }),
      leg('app', { digest: undefined, stage: 'skipped' }),
    ]);
  });

  test('what a later job tries along is not missed, and nothing else may be left out', () => {
    const report = `success skipped ${digest}`;
    const complete = (smoke: boolean | undefined, text = report): boolean =>
      isComplete(
        readLegs(
          JSON.stringify([{ include: [{ ...job('lib'), smoke }] }]),
          JSON.stringify({ build: { result: 'success', outputs: { 'leg-0': text } } }),
        ),
      );
    expect([complete(false), complete(true), complete(undefined)]).toEqual([true, false, false]);
    expect(complete(false, `success failure ${digest}`)).toBe(false);
  });

  test.each(['', 'success success', ` success ${digest}`, `skipped skipped `, `success success ${digest}x`])(
    'the report %j is no success',
    (report) => {
      const needs = {
        build: { result: 'success', outputs: { 'leg-0': report, 'leg-1': `success success ${digest}` } },
        'build-2': { result: 'skipped' },
      };
      expect(isComplete(readLegs(stages, JSON.stringify(needs)))).toBe(false);
    },
  );

  test.each([
    ['x', '{}'],
    ['{}', '{}'],
    ['[{}]', '{}'],
    [JSON.stringify([{ include: [{}] }]), JSON.stringify({ build: { result: 'success' } })],
    [JSON.stringify([{ include: [] }]), '{}'],
    [JSON.stringify([{ include: [] }]), ''],
  ])('%s with %s is refused', (plan, needs) => {
    expect(() => readLegs(plan, needs)).toThrowWithCode('E_INPUT', /input (?:stages|needs)/);
  });
});
