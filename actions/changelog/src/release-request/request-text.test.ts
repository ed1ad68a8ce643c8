import { describe, expect, test } from '@jest/globals';
import { defaultStyle, parseCommit, type Release } from '@release-kit/history';
import { requestText, requestTitle, tagCommands } from './request-text.ts';

const release = (count: number, subject = 'feat: two'): Release => ({
  ...{ name: 'v1.3.0', version: '1.3.0', sha: 'a'.repeat(40), timestamp: 0, previous: undefined, count, contributors: [] },
  commits: Array.from({ length: count }, () => parseCommit({ sha: 'b'.repeat(40), subject, body: '', authorName: 'A', timestamp: 0 })),
});

describe('what a person reads before merging', () => {
  test('is the release, why it is this one, and what comes next', () => {
    expect(requestText(release(1), '1.3.0', ['Counted from 1.2.0', 'a <b> asks for minor'], defaultStyle, 'main')).toBe(
      [
        '# 1.3.0',
        '',
        '## Features',
        '',
        '- two (`bbbbbbb`)',
        '',
        'First release: all commits up to `v1.3.0` (1 commit).',
        '',
        '<details><summary>Why this version</summary>',
        '',
        '- Counted from 1.2.0',
        '- a &lt;b&gt; asks for minor',
        '',
        '</details>',
        '',
        '---',
        '',
        'Merge this when 1.3.0 is to be released; then tag the merge, which is what makes the release:',
        '',
        '```sh',
        'git fetch origin',
        'git tag -a v1.3.0 -m v1.3.0 origin/main',
        'git push origin v1.3.0',
        '```',
        '',
        'Until then it follows `main` by itself. What you write above or below this text stays. A commit of yours on its branch stays as well, but then it no longer follows.',
      ].join('\n'),
    );
  });

  test('fits into what GitHub takes, whatever the release has', () => {
    const long = requestText(
      release(5000, `feat: ${'x'.repeat(200)}`),
      '1.3.0',
      Array.from({ length: 1000 }, () => '*'.repeat(400)),
      defaultStyle,
      'main',
    );
    expect(long.length).toBeLessThan(65_536 - 500);
    expect(long).toContain('more, left out because release notes have a limit');
  });
});

test('the title asks for no release, and names the package where there are several', () => {
  expect(requestTitle('', '1.3.0')).toBe('chore(release): 1.3.0');
  expect(requestTitle('@scope/server', '1.3.0')).toBe('chore(release): @scope/server 1.3.0');
});

test('what is to be typed is for a shell, whatever the branch is called', () => {
  expect(tagCommands('v1.3.0', 'x$(id)')).toEqual([
    'git fetch origin',
    "git tag -a v1.3.0 -m v1.3.0 'origin/x$(id)'",
    'git push origin v1.3.0',
  ]);
  expect(tagCommands('v1.3.0', 'main', 'c'.repeat(40))[1]).toBe(`git tag -a v1.3.0 -m v1.3.0 ${'c'.repeat(40)}`);
});
