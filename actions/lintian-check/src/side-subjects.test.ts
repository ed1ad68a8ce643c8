import { expect, test } from '@jest/globals';
import { fileOf } from './hint.test-support.ts';
import { wantedTools } from './side-report.ts';
import { subjectsOf } from './side-subjects.ts';

const packages = [fileOf('deb', 'hello_1.0_amd64.deb'), { ...fileOf('udeb', 'tiny_1.0_all.udeb'), package: 'tiny' }];

const listing = [
  '1/control/postinst',
  '0/control/postinst',
  '0/control/md5sums',
  '0/control/postinst/x',
  '0/data/usr/share/applications/sub/b.desktop',
  '0/data/usr/share/applications/a.desktop',
  '0/data/etc/xdg/autostart/c.desktop',
  '0/data/usr/share/doc/usr/share/applications/d.desktop',
  '0/data/usr/share/metainfo/x.metainfo.xml',
  '0/data/usr/share/metainfo/releases/x.releases.xml',
  '0/data/lib/systemd/system/a.service',
  '0/data/usr/lib/systemd/system/b@.socket',
  '0/data/usr/lib/systemd/system/a.service.d/c.conf',
  '9/data/lib/systemd/system/foreign.service',
];

test.each([
  ['shellcheck', ['0/control/postinst', '1/control/postinst']],
  [
    'desktop-file-validate',
    ['0/data/etc/xdg/autostart/c.desktop', '0/data/usr/share/applications/a.desktop', '0/data/usr/share/applications/sub/b.desktop'],
  ],
  ['appstreamcli', ['0/data/usr/share/metainfo/x.metainfo.xml']],
  ['systemd-analyze', ['0/data/lib/systemd/system/a.service', '0/data/usr/lib/systemd/system/b@.socket']],
] as const)('%s looks at its own files, in order, each with its package', (tool, names) => {
  const { subjects, skipped } = subjectsOf(tool, listing, packages);
  expect([subjects.map(({ name }) => name), skipped]).toEqual([names, []]);
});

test('a file is called as lintian would point to it', () => {
  expect(subjectsOf('shellcheck', listing, packages).subjects[1]).toEqual({
    file: 'tiny_1.0_all.udeb',
    package: 'tiny',
    type: 'udeb',
    index: 'control',
    path: 'postinst',
    name: '1/control/postinst',
  });
});

test('nothing to look at is said', () => {
  expect(subjectsOf('appstreamcli', [], packages)).toEqual({
    subjects: [],
    skipped: [{ what: 'appstreamcli', reason: 'no package has AppStream metainfo' }],
  });
});

test.each([
  [
    'desktop-file-validate',
    'usr/share/applications/a\nb.desktop',
    /^usr\/share\/applications\/a\\nb\.desktop of hello_1\.0_amd64\.deb has a name/,
  ],
  ['desktop-file-validate', 'usr/share/applications/\ufffd.desktop', /no UTF-8$/],
  ['systemd-analyze', 'lib/systemd/system/a b.service', /is not named like a unit$/],
] as const)('%s is not given a name that would be misread: %j', (tool, path, reason) => {
  const { subjects, skipped } = subjectsOf(tool, [`0/data/${path}`], packages);
  expect([subjects, skipped.length]).toEqual([[], 1]);
  expect(skipped[0]?.reason).toMatch(reason);
});

test('ten thousand units are cut, and the cut is said', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => `0/data/lib/systemd/system/a${index}.service`);
  const { subjects, skipped } = subjectsOf('systemd-analyze', many, packages);
  expect([subjects.length, skipped]).toEqual([1000, [{ what: 'systemd-analyze', reason: '9000 files beyond the first 1000' }]]);
});

test.each([
  [[], []],
  [
    ['shellcheck', 'blhc'],
    ['blhc', 'shellcheck'],
  ],
  [['all'], ['blhc', 'desktop-file-validate', 'appstreamcli', 'shellcheck', 'systemd-analyze']],
  [['all', 'none'], []],
] as const)('%j asks for %j', (asked, tools) => {
  expect(wantedTools(asked)).toEqual(tools);
});
