import { describe, expect, test } from '@jest/globals';
import type { LintianReport } from '@release-kit/debian';
import { checkedByLog, gapMessage, gapsOf, noticesOf } from './completeness.ts';

const report = (...paths: string[]): LintianReport => ({
  version: '2.116.3',
  files: paths.map((path) => ({ path, hints: [] })),
  notices: [],
  unread: [],
});

describe('gaps', () => {
  test('none where every file has an entry, whatever its folder', () => {
    const gaps = gapsOf(report('/srv/lint/a.deb', '/srv/lint/a.dsc'), ['a.deb', 'a.dsc'], []);
    expect(gaps).toEqual({ files: [], notices: [] });
    expect(gapMessage(gaps, 0)).toBeUndefined();
  });

  test('a file without an entry is named, although lintian ended with 0', () => {
    const gaps = gapsOf(
      report('/srv/lint/good_1_all.deb'),
      ['badver_1_all.deb', 'good_1_all.deb'],
      noticesOf("warning: tainted binary package 'badver', skipping\n"),
    );
    expect(gapMessage(gaps, 0)).toBe(
      "lintian did not check badver_1_all.deb; lintian said: warning: tainted binary package 'badver', skipping",
    );
  });

  test('a package whose members lintian could not read was not checked, although it has an entry', () => {
    const hint = { tag: 'malformed-deb-archive', package: 'a', type: 'binary', severity: 'error', note: '' } as const;
    const flags = { experimental: false, overridden: false, masked: false } as const;
    const damaged: LintianReport = { ...report('/b.deb'), files: [{ path: '/a.deb', hints: [{ ...hint, ...flags }] }] };
    expect(gapsOf(damaged, ['a.deb'], []).files).toEqual(['a.deb']);
  });

  test('a crash after the last entry is no success', () => {
    expect(gapMessage(gapsOf(report('/a.deb'), ['a.deb'], []), 25)).toBe('lintian ended with exit code 25 before it was done');
    expect(gapMessage(gapsOf(report('/a.deb'), ['a.deb'], []), null)).toContain('a signal');
  });

  test('a notice is no success either', () => {
    expect(gapMessage(gapsOf({ ...report('/a.deb'), notices: ['something odd'] }, ['a.deb'], []), 0)).toBe(
      'lintian left something out; lintian said: something odd',
    );
  });

  test('what lintian repeats of a hostile package comes out inert', () => {
    const gaps = gapsOf(report(), ['a\u001b[31m.deb'], ['Skipping ##[error]x \u202e', 'Skipping ##[error]x \u202e']);
    expect(gaps.notices).toEqual(['Skipping #\\#[error]x \\u{202e}']);
    expect(gapMessage(gaps, 0)).toContain('a\\x1b[31m.deb');
  });
});

test('only alarming lines of standard error count', () => {
  const stderr = [
    'Use of uninitialized value in concatenation at Lintian/Foo.pm line 3.',
    'Skipping /srv/lint/trunc_1_all.deb: Non-zero status 2 from tar --wildcards -xO -f - *control:',
    'tar: Exiting with failure status due to previous errors',
    'No packages selected.',
    'internal error: cannot run fields/version check on package binary:hello/1/all',
  ].join('\n');
  expect(noticesOf(stderr).map((line) => line.slice(0, 8))).toEqual(['Skipping', 'No packa', 'internal']);
});

test('lintian says by its checks which files it looked at', () => {
  const log = [
    'Running check: vim on binary:uni_1:1.0-2_all  ...',
    'Running check: vim on source:hello_2.10-3  ...',
    'Running check: cron on changes:hello_2.10-3_source_amd64  ...',
    'N: Running check: cron on binary:old/1.0/amd64  ...',
    'Check vim for binary:done_1.0_all done (0.1s)',
    'Running check: x on binary:rm_1.0_all',
  ].join('\n');
  const files = ['uni_1.0-2_all.deb', 'uni_1.0-2_amd64.deb', 'hello_2.10-3.dsc', 'hello_2.10-3_amd64.changes', 'old_1.0_amd64.deb'];
  expect(checkedByLog(log, [...files, 'done_1.0_all.deb', 'rm_1.0_all.deb', 'uni.deb', 'hello_2.10-3_amd64.buildinfo'])).toEqual([
    'uni_1.0-2_all.deb',
    'hello_2.10-3.dsc',
    'hello_2.10-3_amd64.changes',
    'old_1.0_amd64.deb',
  ]);
});
