import { describe, expect, test } from '@jest/globals';
import { causesOf, differingParts } from './difference-cause.ts';

/** As diffoscope 240 writes it, shortened. */
const report = `--- first/leftover_1.0_all.deb
+++ second/leftover_1.0_all.deb
├── file list
│ @@ -1,3 +1,3 @@
│  -rw-r--r--   0        0        0        4 2026-01-15 12:00:00.000000 debian-binary
│ --rw-r--r--   0        0        0      888 2026-01-15 12:00:00.000000 control.tar.xz
│ +-rw-r--r--   0        0        0      884 2026-01-15 12:00:00.000000 control.tar.xz
├── control.tar.xz
│ ├── control.tar
│ │ ├── ./md5sums
│ │ │ ├── ./md5sums
│ │ │ │┄ Files differ
├── data.tar.xz
│ ├── data.tar
│ │ ├── file list
│ │ │ @@ -3,12 +3,12 @@
│ │ │  -rw-r--r--   0 root         (0) root         (0)      244 2026-01-15 12:00:00.000000 ./usr/share/doc/leftover/copyright
│ │ │ --rw-r--r--   0 root         (0) root         (0)       20 2026-01-15 12:00:00.000000 ./usr/share/leaky/path
│ │ │ +-rw-r--r--   0 root         (0) root         (0)       37 2026-01-15 12:00:00.000000 ./usr/share/leaky/path
LINES`;

const tree = (name: string, ...lines: readonly string[]) =>
  [`│ │ ├── ./usr/share/leaky/${name}`, ...lines.map((line) => `│ │ │ ${line}`)].join('\n');

const causes = (...parts: readonly string[]) =>
  causesOf(report.replace('LINES', parts.join('\n'))).map(({ cause }) => cause.replace(/:.*/, ''));

describe('the cause of a difference is read from it', () => {
  test.each([
    ['the path of the build folder', ['-/build/leftover-1.0', '+/srv/second-place/below/leftover-1.0']],
    ['the user who builds', ['-made by builder@host', '+made by rebuilder@host']],
    ['the name of the host', ['-built on release-kit', '+built on second-machine']],
    ['the order of lines', ['+zebra', ' tall', ' under', '-zebra']],
    ['the time or date of the build', ['-2026-11-21', '+2027-12-26']],
    ['the time or date of the build', ['-12:18:26', '+00:18:31']],
    ['the time or date of the build', ['-1795263506', '+1829823506']],
    ['the time or date of the build', ['-November 2026', '+December 2027']],
    ['the time or date of the build', ['-\tmov    $0x7ea,%edx', '+\tmov    $0x7eb,%edx']],
    ['the time zone', ['-zone: UTC', '+zone: GMT']],
    ['the locale or language', ['-C.UTF-8', '+et_EE.UTF-8']],
    ['the number of processors or jobs', ['-make -j8', '+make -j1']],
  ])('%s: %j', (cause, lines) => {
    expect(causes(tree('x', ...lines))).toEqual([cause]);
  });

  test('the umask, from a list of files and nothing else', () => {
    const line = (mode: string) => `${mode}   0 root         (0) root         (0)       20 2026-01-15 12:00:00.000000 ./usr/share/leaky/x`;
    expect(causes(tree('list', `--${line('rw-r--r--')}`, `+-${line('rw-rw-r--')}`))).toEqual(['the umask']);
  });

  test('or not at all', () => {
    expect(causes()).toEqual([]);
    expect(causes(tree('x', '-a8f3', '+99c1', ' 2026-11-21 at /build/leftover'))).toEqual([]);
    expect(causesOf('')).toEqual([]);
  });

  test('several at once, each with one line that shows it, in a steady order', () => {
    const found = causesOf(
      report.replace('LINES', [tree('a', '-2026-11-21', '+2027-12-26'), tree('b', '-/build/x-1', '+/srv/second-place/x-1')].join('\n')),
    );
    expect(found.map(({ line }) => line)).toEqual(['-/build/x-1', '-2026-11-21']);
  });
});

test('the parts that differ are named as in the package, without the list of their sums', () => {
  expect(differingParts(report.replace('LINES', tree('a', '-x', '+y')))).toEqual(['/usr/share/leaky/a']);
});
