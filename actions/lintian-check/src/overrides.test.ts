import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { openGit } from '@release-kit/git';
import { git, writeInto } from './git-folder.test-support.ts';
import { findingOf, type hintOf, locationOf, placedOf } from './hint.test-support.ts';
import { parseOverrides } from './override-file.ts';
import { newlyHidden, newOverrides, overridesAt, overridesOf, unusedOverridesOf } from './overrides.ts';
import { openSourceTree } from './source-tree.ts';

const file = 'debian/hello.lintian-overrides';
const anywhere = { locate: async ({ path, line }: { path: string; line?: number | undefined }) => locationOf(`${path}:${line}`) };
const hidden = (given: Parameters<typeof hintOf>[0]) => findingOf({ overridden: true, ...given }, { status: 'overridden' });

test('a pull request’s new override lines are listed with what each hides, in a folder of a checkout as well (H24)', async () => {
  await using host = await recordingHost();
  git(host.files.workspace, 'init', '-q');
  await writeInto(host.files.workspace, {
    [`pkg/${file}`]: 'old-tag\n',
    'pkg/debian/source/lintian-overrides': 'a\n',
    'debian/x.lintian-overrides': 'no\n',
  });
  git(host.files.workspace, 'add', '-A');
  git(host.files.workspace, 'commit', '-qm', 'base');
  const base = git(host.files.workspace, 'rev-parse', 'HEAD');
  await writeInto(host.files.workspace, { [`pkg/${file}`]: '# hides\nold-tag\nnew-tag usr/*\nhello: other-tag\n' });
  await using opened = await openGit(host, host.files.workspace);
  const tree = await openSourceTree(join(host.files.workspace, 'pkg'), host.files.workspace);
  const before = await overridesAt(opened, base, 'pkg');
  expect(before.map(({ path, tag }) => `${path} ${tag}`)).toEqual([`${file} old-tag`, 'debian/source/lintian-overrides a']);
  const pointer = (path: string) => ({ pointer: { path, index: 'installed' as const, line: undefined } });
  const findings = [
    hidden({ tag: 'new-tag', note: 'usr/a' }),
    hidden({ tag: 'new-tag', note: 'usr/b' }),
    hidden({ tag: 'new-tag', ...pointer('etc/x') }),
  ];
  expect(await newOverrides(await overridesOf(tree), before, [...findings, findingOf({ tag: 'other-tag' })], tree)).toEqual([
    {
      ...{ package: 'hello', tag: 'new-tag', context: 'usr/*', remark: 'hides 2 findings' },
      location: expect.objectContaining({ shown: `${file}:3`, place: { file: `pkg/${file}`, line: 3 }, exact: true }),
    },
    expect.objectContaining({ tag: 'other-tag', remark: 'hides nothing that lintian found now' }),
  ]);
});

test('an override under a former name of its tag hides as well', async () => {
  const lines = parseOverrides('old-name\n', file);
  const [override] = await newOverrides(lines, [], [hidden({ tag: 'new-name' })], anywhere, new Map([['old-name', 'new-name']]));
  expect(override?.remark).toBe('hides one finding');
});

describe('what an earlier result did not hide', () => {
  test('is told at its line, or as an override that the build put in', async () => {
    const lines = parseOverrides('a *\n', file);
    const findings = [hidden({ tag: 'a', note: 'x' }), hidden({ tag: 'a', note: 'y' }), hidden({ tag: 'b' }), hidden({ tag: 'old' })];
    expect(await newlyHidden(findings, ({ tag }) => tag === 'old', lines, [], anywhere)).toEqual([
      {
        package: 'hello',
        tag: 'a',
        context: '*',
        location: locationOf(`${file}:1`),
        remark: 'hides 2 findings more than before, by this line',
      },
      {
        package: 'hello',
        tag: 'b',
        context: '',
        location: undefined,
        remark: 'hides one finding more than before, by an override that is in no file of debian/',
      },
    ]);
  });

  test('is not told twice', async () => {
    const told = [{ package: 'hello', tag: 'a', context: '', location: undefined }];
    expect(await newlyHidden([hidden({ tag: 'a' })], () => false, [], told, anywhere)).toEqual([]);
  });
});

describe('an override that matches nothing', () => {
  const location = locationOf(`${file}:2`);
  const unused = (tag: string, note: string) => placedOf(findingOf({ tag, note }), { location });

  test('is to be removed', () => {
    expect(unusedOverridesOf([unused('unused-override', 'some-tag usr/bin/x')])).toEqual([
      { package: 'hello', tag: 'some-tag', context: 'usr/bin/x', location, remark: 'matches nothing: remove the line' },
    ]);
  });

  test('for another context gets the one of today, which bears moved lines', () => {
    const pointer = { path: 'postinst', index: 'control' as const, line: 4 };
    const open = placedOf(findingOf({ tag: 'chown', note: '"chown a.b"', pointer }));
    expect(unusedOverridesOf([unused('mismatched-override', 'chown postinst:4'), open])).toMatchObject([
      { remark: 'matches nothing: write chown "chown a.b" [postinst:*] or remove the line' },
    ]);
  });

  test('by a former name of its tag gets the line of the finding that it speaks of, by the name of today', () => {
    const openAt = (path: string, note: string) =>
      placedOf(findingOf({ tag: 'elevated-privileges', note, pointer: { path, index: 'installed', line: undefined } }));
    const findings = [openAt('usr/bin/one', '2755 root/mail'), openAt('usr/bin/two', '6755 root/mail')];
    const lines = ['setuid-binary usr/bin/one 2755 root/mail', 'setuid-binary usr/bin/two 6755 root/mail'];
    const overrides = [...lines.map((line) => unused('mismatched-override', line)), ...findings];
    const remarks = unusedOverridesOf(overrides, new Map([['setuid-binary', 'elevated-privileges']])).map(({ remark }) => remark);
    expect(remarks).toEqual([
      'matches nothing: write elevated-privileges 2755 root/mail [usr/bin/one], and 1 more like it, or remove the line',
      'matches nothing: write elevated-privileges 6755 root/mail [usr/bin/two], and 1 more like it, or remove the line',
    ]);
  });

  test('of a hostile package is inert', () => {
    const [override] = unusedOverridesOf([unused('unused-override', 'a\u001b[31m ::error::\nx')]);
    expect(override).toMatchObject({ tag: 'a\\x1b[31m', context: '\\::error::\\nx' });
  });
});
