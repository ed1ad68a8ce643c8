import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { locationOf } from './hint.test-support.ts';
import { resultOf } from './lint-result.test-support.ts';
import { acceptedNotices, tellAccepted } from './telling-accepted.ts';

const override = (line: number) => ({
  ...{ package: 'hello', tag: 'some-tag', context: 'usr/*', remark: 'hides 2 findings' },
  location: locationOf(`debian/hello.lintian-overrides:${line}`, { place: { file: 'debian/hello.lintian-overrides', line } }),
});

test('what a pull request hides gets notices at its lines, at most three; the last one counts the others', () => {
  expect(acceptedNotices(resultOf({}))).toEqual([]);
  const one = { level: 'notice', title: 'newly overridden: some-tag', file: 'debian/hello.lintian-overrides' };
  expect(acceptedNotices(resultOf({ newlyOverridden: [override(2)] }))).toEqual([
    { ...one, message: 'hello: some-tag usr/* hides 2 findings', line: 2 },
  ]);
  const many = acceptedNotices(resultOf({ newlyOverridden: [1, 2, 3, 4, 5].map(override) }));
  expect(many.map(({ line }) => line)).toEqual([1, 2, 3]);
  expect(many[2]?.message).toBe('hello: some-tag usr/* hides 2 findings (2 more in the summary)');
});

test('all of it is in the log, and stale lines of the baseline are one warning', async () => {
  await using host = await recordingHost();
  const past = { package: 'hello', type: 'binary', tag: 'a', context: '' };
  const stale = [3, 7].map((line) => ({ past, place: { file: 'debian/lintian-baseline', line } }));
  const unused = { package: 'hello', tag: 'old', context: '', location: undefined, remark: 'matches nothing: remove the line' };
  const comparison = { with: 'the baseline', fixed: [past, past], stale };
  tellAccepted(resultOf({ newlyOverridden: [override(2)], unusedOverrides: [unused], comparison }), host);
  expect(host.recorded.lines).toEqual([
    'newly overridden: debian/hello.lintian-overrides:2: hello: some-tag usr/* hides 2 findings',
    'unused override: hello: old matches nothing: remove the line',
    expect.stringContaining(
      'debian/lintian-baseline: 2 lines say more than there is: lines 3, 7; release-kit lint --update-baseline mends it',
    ),
  ]);
});
