import { describe, expect, test } from '@jest/globals';
import { parseCommit } from './parse-commit.ts';
import { type OverrideSources, versionOverride } from './version-override.ts';

const commit = (digit: string, releaseAs?: string) => ({
  ...parseCommit({ sha: digit.repeat(40), subject: 'fix: x', body: '', authorName: 'A', timestamp: 1 }),
  releaseAs,
});
const named = (sources: Partial<OverrideSources>, previous?: string) =>
  versionOverride({ input: undefined, file: undefined, commits: [], ...sources }, previous);

test('the input counts before a file, a file before commits, and of commits the newest that names one', () => {
  const commits = [commit('3'), commit('2', '2.0.0'), commit('1', '3.0.0')];
  const file = { path: 'VERSION', version: '4.0.0\n' };
  expect(named({ commits })).toEqual({ version: '2.0.0', source: 'named by Release-As of 2222222' });
  expect(named({ commits, file })).toEqual({ version: '4.0.0', source: 'named by VERSION' });
  expect(named({ commits, file, input: '5.0.0-rc.1' })).toEqual({ version: '5.0.0-rc.1', source: 'named by the input' });
  expect(named({ commits: [commit('1')] })).toBeUndefined();
});

test('a file that still holds the last release names nothing', () => {
  expect(named({ file: { path: 'VERSION', version: '1.2.3' } }, '1.2.3')).toBeUndefined();
});

test('a trailer may begin with v, as tags do', () => {
  expect(named({ commits: [commit('1', ' v2.0.0 ')] })?.version).toBe('2.0.0');
});

describe('what is no plain semantic version is refused', () => {
  test.each(['1.2', '1.2.3+build', 'v1.2.3', '01.2.3', '1.2.3-', 'latest', '', '1.2.3 ', '::error::x', '9'.repeat(400)])(
    'as input: %j',
    (input) => {
      expect(() => named({ input })).toThrowWithCode('E_INPUT', /the version named by the input/);
    },
  );

  test.each(['1.2', '1.2.3+build', 'vv1.2.3', 'none', '\u001b[31m'])('in a trailer or a file: %j', (text) => {
    expect(() => named({ commits: [commit('1', text)] })).toThrowWithCode('E_HISTORY', /Release-As of 1111111/);
    expect(() => named({ file: { path: 'VERSION', version: text } })).toThrowWithCode('E_HISTORY', /the version in VERSION/);
  });

  test('and build metadata is told as such', () => {
    expect(() => named({ input: '1.2.3+a' })).toThrowWithCode('E_INPUT', /has build metadata/);
  });
});
