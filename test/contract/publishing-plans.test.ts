import { describe, expect, test } from '@jest/globals';
import { checkedRepositoryName, pinnedText, publishedPage } from '../../scripts/publishing/references.ts';
import { plainText } from '../../scripts/publishing/refusal.ts';
import { planRefs, remoteTags } from '../../scripts/publishing/remote-tags.ts';
import { callersRef, compareVersions, floatingTag, namedVersion, releaseVersion } from '../../scripts/publishing/version.ts';

const commit = (letter: string): string => letter.repeat(40);
const lightweight = (object: string) => ({ object, commit: object });
const tagsOf = (tags: Readonly<Record<string, string>>) => new Map(Object.entries(tags).map(([name, at]) => [name, lightweight(at)]));
const publish = (tag: string, tags: Readonly<Record<string, string>>) =>
  planRefs({ version: namedVersion(tag), commit: commit('b'), tag: commit('f') }, tagsOf(tags));

describe('a version', () => {
  test.each([
    ...[
      '1.0.0',
      'v1',
      'v1.2',
      'v01.2.3',
      'v1.2.3.4',
      'v1.2.3-rc',
      'v1.2.3-rc.0',
      'v1.2.3-beta.1',
      'v1.2.3+x',
      ' v1.2.3',
      'v1.2.3\n',
      'v1.2.3;id',
      '-v1.2.3',
    ],
    ...['v1.$(touch x).0', 'v1.2.3^{}', 'v1.2.3:refs/tags/v9.9.9', 'v1.2.3\u202e', 'v１.2.3', 'v1.2.9999999999', '../v1.2.3', ''],
  ])('%j is none', (tag) => expect(() => namedVersion(tag)).toThrow(expect.objectContaining({ code: 'version' })));

  test('a candidate comes before its release, numbers count as numbers', () => {
    const tags = ['v1.10.0', 'v1.2.0', 'v1.2.0-rc.10', 'v2.0.0-rc.1', 'v1.2.0-rc.9', 'v1.2.1'];
    const order = tags.flatMap((tag) => releaseVersion(tag) ?? []).sort(compareVersions);
    expect(order.map(({ tag }) => tag)).toEqual(['v1.2.0-rc.9', 'v1.2.0-rc.10', 'v1.2.0', 'v1.2.1', 'v1.10.0', 'v2.0.0-rc.1']);
  });

  test.each([
    ['v1.2.3', 'v1', 'v1'],
    ['v12.0.0', 'v12', 'v12'],
    ['v1.2.3-rc.1', undefined, 'v1.2.3-rc.1'],
    ['v0.9.1', undefined, 'v0.9.1'],
  ])('%s is followed by %s, and README say %s', (tag, floating, ref) => {
    expect(floatingTag(namedVersion(tag))).toBe(floating);
    expect(callersRef(namedVersion(tag))).toBe(ref);
  });
});

describe('the plan for the tags', () => {
  const exact = (tag: string) => ({ name: tag, seen: undefined, to: commit('f') });

  test('the first release makes both tags', () => {
    expect(publish('v1.0.0', {})).toEqual({
      exact: exact('v1.0.0'),
      floating: { name: 'v1', seen: undefined, to: commit('b') },
      stays: undefined,
    });
  });

  test('a later one moves the floating tag from what was seen', () => {
    const plan = publish('v1.1.0', { 'v1.0.0': commit('a'), v1: commit('a'), 'v2.0.0': commit('c'), v2: commit('c') });
    expect(plan).toMatchObject({ exact: exact('v1.1.0'), floating: { name: 'v1', seen: commit('a'), to: commit('b') } });
  });

  test('one for an older line moves nothing', () => {
    const plan = publish('v1.0.1', { 'v1.0.0': commit('a'), 'v1.1.0': commit('c'), v1: commit('c') });
    expect(plan).toEqual({ exact: exact('v1.0.1'), floating: undefined, stays: 'v1 stays with v1.1.0, which is newer' });
  });

  test('what is there stays as it is; the floating tag is completed', () => {
    expect(publish('v1.0.0', { 'v1.0.0': commit('b'), v1: commit('b') })).toMatchObject({ exact: undefined, floating: undefined });
    expect(publish('v1.0.0', { 'v1.0.0': commit('b') })).toMatchObject({ exact: undefined, floating: { name: 'v1', seen: undefined } });
  });

  test('candidates and 0.x move no floating tag', () => {
    expect(publish('v1.1.0-rc.1', { 'v1.0.0': commit('a'), v1: commit('a') }).floating).toBeUndefined();
    expect(publish('v0.2.0', {}).floating).toBeUndefined();
  });

  test('candidates are no release that the floating tag would have to stay with', () => {
    expect(publish('v1.1.0', { 'v1.2.0-rc.1': commit('c') }).floating).toMatchObject({ name: 'v1' });
  });

  test('a version is published once', () => {
    expect(() => publish('v1.0.0', { 'v1.0.0': commit('a') })).toThrow(expect.objectContaining({ code: 'tag-taken' }));
  });

  test('a floating tag that names no release was moved by somebody', () => {
    expect(() => publish('v1.1.0', { 'v1.0.0': commit('a'), v1: commit('e') })).toThrow(expect.objectContaining({ code: 'floating-tag' }));
    expect(() => publish('v1.1.0', { 'v1.2.0-rc.1': commit('e'), v1: commit('e') })).toThrow(
      expect.objectContaining({ code: 'floating-tag' }),
    );
  });

  test('tags of others are read and left alone', () => {
    const listing = [
      `${commit('1')}\trefs/tags/v1.0.0`,
      `${commit('2')}\trefs/tags/v1.0.0^{}`,
      `${commit('3')}\trefs/tags/v1;id`,
      `${commit('4')}\trefs/heads/main`,
      'warning: something',
    ];
    expect([...remoteTags(listing.join('\n'))]).toEqual([
      ['v1.0.0', { object: commit('1'), commit: commit('2') }],
      ['v1;id', lightweight(commit('3'))],
    ]);
  });
});

describe('what a workflow uses', () => {
  const home = { repository: 'acme/kit', actions: ['build-deb'] };
  const pinned = (line: string): string => pinnedText('w.yml', line, home, { commit: commit('a'), tag: 'v1.2.3' });

  test.each([
    ['      - uses: ./dist/build-deb', `      - uses: acme/kit/build-deb@${commit('a')} # v1.2.3`],
    ['  uses: ./dist/build-deb # ours', `  uses: acme/kit/build-deb@${commit('a')} # v1.2.3`],
    ["  uses: './dist/build-deb'", `  uses: acme/kit/build-deb@${commit('a')} # v1.2.3`],
    ['  uses: release-kit/release-kit/build-deb@v1', `  uses: acme/kit/build-deb@${commit('a')} # v1.2.3`],
    ['    uses: ./.github/workflows/build-packages.yml', '    uses: ./.github/workflows/build-packages.yml'],
    [`  - uses: a/b/c@${commit('0')} # v6.1.0`, `  - uses: a/b/c@${commit('0')} # v6.1.0`],
    ['  # uses: ./dist/nothing', '  # uses: ./dist/nothing'],
    ['  description: it uses: x', '  description: it uses: x'],
  ])('%s', (line, published) => expect(pinned(line)).toBe(published));

  test.each([
    '- uses: ./dist/other',
    '- uses: ./actions/build-deb',
    '- uses: ./build-deb',
    '- uses: ./.github/workflows/.ci.yml',
    '- uses: ./.github/workflows/../../x.yml',
    '- uses: actions/checkout@v6 # v6.1.0',
    `- uses: actions/checkout@${commit('0')}`,
    `- uses: actions/checkout@${commit('0').slice(1)} # v6.1.0`,
    '- uses: docker://debian:12',
    `- uses: \${{ inputs.action }}`,
    '- "uses": ./dist/build-deb',
    '- uses : ./dist/build-deb',
    '- uses:',
    'uses: release-kit/release-kit/build-deb@main',
  ])('%j is refused with its place', (line) => {
    expect(() => pinned(`a:\n${line}`)).toThrow(
      expect.objectContaining({ code: 'reference', message: expect.stringMatching(/^w\.yml:2: /) }),
    );
  });

  test('pages lead to where they are published', () => {
    const text =
      '`release-kit/release-kit/build-deb@v1` release-kit/release-kit/x@v1.2 [a](../../docs/a.md#b) [s](../../x.schema.json) [o](../other/README.md)';
    expect(publishedPage(text, home, commit('5'), 'v2')).toBe(
      `\`acme/kit/build-deb@v2\` release-kit/release-kit/x@v1.2 [a](https://github.com/acme/kit/blob/${commit('5')}/docs/a.md#b) [s](../x.schema.json) [o](../other/README.md)`,
    );
  });

  test.each(['x', 'a/b/c', '-a/b', 'a/..', 'a/b@c', 'a/$(id)', ' a/b', 'a/b\n'])('%j is no repository', (name) => {
    expect(() => checkedRepositoryName(name)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

test('what git and other hosts say is obeyed by nobody', () => {
  expect(plainText('remote: fine\n::error::x\n \t::add-mask::e\na ##[error]b\u001b[31m\u202e\n')).toBe(
    'remote: fine\n|::error::x\n ?::add-mask::e\na ## [error]b?[31m?',
  );
});
