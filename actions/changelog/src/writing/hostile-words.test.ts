import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { parseChangelog } from '@release-kit/debian';
import type { Step } from '../test-history.ts';
import { debianChangelog, everything, sampleProject, writtenNames } from './sample-project.test-support.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

/** A missing tool skips here and fails where CI is set. */
const withTool = (tool: string) => (existsSync(`/usr/bin/${tool}`) || process.env['CI'] !== undefined ? test : test.skip);
const withDpkg = withTool('dpkg-parsechangelog');
const withAppstream = withTool('appstreamcli');

/** Words that a runner, a terminal, GitHub, dpkg, XML, a chat or a template would obey; no line ends, which subjects cannot hold. */
const words: readonly string[] = [
  '::error::planted',
  '##[add-mask]planted',
  '\u001b[31mred\u001b]8;;https://example.org/\u0007 \b \r::warning::x',
  'right\u202eto left \u200b',
  '</details><img src=x onerror=alert(1)> <!-- ',
  '@everyone fixes #1 closes GH-2 [x](javascript:alert(1)) ![x](https://example.org/x.png) https://example.org/planted',
  '{{ project }}{% raw %}',
  '</release></releases> ]]> & &amp;',
  '`code` **bold** | a | ## [9.9.9] - 2020-01-01',
  'Closes: #9999',
  'evil (9.9.9-1) unstable; urgency=low',
  ' -- Eve <eve@example.org>  Tue, 14 Nov 2023 22:14:20 +0000',
];

const steps: readonly Step[] = [
  'feat: one',
  'tag v2.0.0',
  ...words.flatMap((text): Step[] => [
    [`feat(${text.replace(/[()]/g, '')}): ${text}`, `${text}\n\n${text}`],
    [`fix!: ${text}`, `BREAKING CHANGE: ${text}\n\n  ${text}\n${text}`],
    text,
  ]),
];

describe('hostile words of commits', () => {
  test('are inert in everything that is written, and in log and summary (H1 to H5)', async () => {
    const { changelog, read } = await sampleProject(host, { steps });
    const outputs = await changelog(everything);
    const texts = new Map(await Promise.all(writtenNames.map(async (name) => [name, await read(name)] as const)));

    for (const markdown of [outputs.notes, texts.get('CHANGELOG.md') ?? '', texts.get('MIGRATION.md') ?? '', host.summary.text]) {
      expect(markdown).not.toMatch(
        /[\u001b\u0008\r\u202e]|##\[|<img|<\/details><|@everyone|#1\b|GH-2|(?<!\\)\]\(javascript|!\[|^[ \t]*::/m,
      );
      expect(markdown).not.toMatch(/https:\/\/example\.org/);
    }
    // The comment that begins our part, and nothing else.
    expect(texts.get('CHANGELOG.md')?.match(/<!--/g)).toHaveLength(1);
    expect(texts.get('CHANGELOG.md')).not.toMatch(/^#+ .*9\.9\.9/m);
    expect(texts.get('announcement.txt')).not.toMatch(/[\u001b\u0008\r\u202e]|##\[|^[ \t]*::/m);
    expect(texts.get('hello.metainfo.xml')).not.toMatch(/[\u001b\u0008]|<img|<!--|\]\]>/);

    const [newest, ...others] = parseChangelog(texts.get('debian/changelog') ?? '', 'debian/changelog');
    expect(newest).toMatchObject({ version: '3.0.0-1', maintainer: 'Ada Builder <ada@example.org>' });
    expect(others.map(({ version }) => version)).toEqual(['2.0.0-1']);
    expect(JSON.parse(texts.get('release.json') ?? '')).toMatchObject({ releases: [{ count: words.length * 3 }] });
    expect(host.recorded.annotations).toEqual([]);
    expect(host.recorded.masked).toEqual([]);
    expect(host.recorded.lines.join('\n')).not.toMatch(/[\u001b\u0008\r\u202e]|^[ \t]*::|##\[/m);
  });

  withDpkg('are no entry, field or bug of dpkg', async () => {
    const { changelog, checkout } = await sampleProject(host, { steps });
    await changelog({ 'debian-changelog': everything['debian-changelog'] ?? '' });
    const { stdout } = await host.exec(['dpkg-parsechangelog', '--file', join(checkout, 'debian/changelog')]);
    expect(stdout).not.toMatch(/^Closes:/m);
    expect(stdout).toMatch(/^Version: 3\.0\.0-1$/m);
  });

  withAppstream('are valid AppStream metadata', async () => {
    const { changelog, checkout } = await sampleProject(host, { steps });
    await changelog({ appstream: everything['appstream'] ?? '' });
    // It wants the name to be that of the component.
    await host.exec(['cp', join(checkout, 'hello.metainfo.xml'), join(checkout, 'org.example.hello.metainfo.xml')]);
    await host.exec(['appstreamcli', 'validate', '--no-net', '--strict', join(checkout, 'org.example.hello.metainfo.xml')]);
  });

  test('come twice as they came once', async () => {
    const { changelog } = await sampleProject(host, { steps });
    await changelog(everything);
    expect(await changelog(everything)).toMatchObject({ changed: '' });
  });

  test('in the name of a package of debian/changelog or of the project are no one else’s', async () => {
    const { changelog } = await sampleProject(host, {
      files: {
        'release-kit.yml': `changelog: { announcements: { project: "::error::x <b> @all" } }\n`,
        'debian/changelog': debianChangelog,
      },
    });
    const { announcement } = await changelog({ announcement: 'issue' });
    expect(announcement.split('\n').slice(2).join('\n')).not.toMatch(/^::|<b>|@all/m);
  });
});
