import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { effectiveText } from './effective-text.ts';
import { configSchema, loadConfig, readConfig } from './index.ts';

const full = `changelog:
  tags: release-*
  packages:
    - { name: server, path: ./server/, tags: server/v*, files: { changelog: NEWS.md }, bump: { files: [Cargo.toml] } }
    - { name: "@a/root", path: ., tags: v* }
  first-version: 1.0.0
  zero: { breaking: major, feature: patch }
  types: { docs: patch }
  aliases: { ✨: feat }
  sections:
    - { title: News, types: [feat, perf] }
    - { title: Inside, types: ["*"], hidden: true }
  squashes: expand
  pull-request-titles: true
  contributors: false
  first-timers: true
  links: { address: "https://example.org/a/b", commit: "/-/commit/{sha}" }
  version-file: VERSION
  files: { changelog: CHANGELOG.md, debian: debian/changelog, appstream: a.metainfo.xml, json: out/release.json }
  debian: { distribution: noble, urgency: low, maintainer: Ada Builder <ada@example.org>, closes: all }
  bump: { names: [hello] }
  announcements: { project: Hello, mail: { title: "{{ project }}", body: mail.liquid } }
`;

describe('the section changelog', () => {
  test('arrives with every value, paths in their shortest form', async () => {
    expect((await readConfig(full, 'release-kit.yml')).changelog).toEqual({
      tags: 'release-*',
      packages: [
        {
          ...{ name: 'server', path: 'server', tags: 'server/v*' },
          files: { changelog: 'NEWS.md' },
          bump: { files: ['Cargo.toml'], names: [] },
        },
        { name: '@a/root', path: '', tags: 'v*' },
      ],
      firstVersion: '1.0.0',
      zero: { breaking: 'major', feature: 'patch' },
      types: { docs: 'patch' },
      aliases: { '✨': 'feat' },
      sections: [
        { title: 'News', types: ['feat', 'perf'], hidden: false },
        { title: 'Inside', types: ['*'], hidden: true },
      ],
      squashes: 'expand',
      pullRequestTitles: true,
      contributors: false,
      firstTimers: true,
      links: { address: 'https://example.org/a/b', commit: '/-/commit/{sha}' },
      versionFile: 'VERSION',
      files: { changelog: 'CHANGELOG.md', debianChangelog: 'debian/changelog', appstream: 'a.metainfo.xml', json: 'out/release.json' },
      debian: { distribution: 'noble', urgency: 'low', maintainer: 'Ada Builder <ada@example.org>', closes: 'all' },
      bump: { names: ['hello'] },
      announcements: { project: 'Hello', templates: { mail: { title: '{{ project }}', body: 'mail.liquid' } } },
    });
  });

  test.each([full, ''])('is printed as a file that says the same', async (text) => {
    const { place: _, ...config } = await readConfig(text, 'f');
    const { place: __, ...again } = await readConfig(await effectiveText({ ...config, place: () => undefined }), 'f');
    expect(again).toEqual(config);
  });

  test('has the defaults that editors are shown', async () => {
    const { changelog } = await readConfig('', 'f');
    const { properties } = configSchema.properties.changelog;
    expect(changelog).toMatchObject({
      firstVersion: properties['first-version'].default,
      zero: { breaking: properties.zero.properties.breaking.default, feature: properties.zero.properties.feature.default },
      squashes: properties.squashes.default,
      pullRequestTitles: properties['pull-request-titles'].default,
      contributors: properties.contributors.default,
      firstTimers: properties['first-timers'].default,
      debian: { closes: properties.debian.properties.closes.default },
    });
  });

  test.each([
    ['tags: v', 'E_CONFIG', 'changelog.tags', 1],
    ['packages: [{ name: a, path: a, tags: a* }, { name: a, path: b, tags: b* }]', 'E_CONFIG', 'lists a twice', 1],
    ['packages: [{ name: a, path: a, tags: a* }, { name: b, path: a/, tags: b* }]', 'E_CONFIG', 'lists a twice', 1],
    ['packages: [{ name: a, path: ../a, tags: a* }]', 'E_PATH', 'packages[0].path', 1],
    ['files: { changelog: /etc/passwd }', 'E_PATH', 'changelog.files.changelog', 1],
    ['announcements: { chat: { body: ../x } }', 'E_PATH', 'changelog.announcements.chat.body', 1],
    ['first-version: 1.0.0-rc.1', 'E_CONFIG', 'three numbers', 1],
    ['types: { __proto__: major }', 'E_CONFIG', '__proto__', 1],
    ['sections: [{ title: A, types: [Feat] }]', 'E_CONFIG', 'lower case', 1],
    ['debian: { maintainer: Ada }', 'E_CONFIG', 'Name <address>', 1],
    ['debian: { urgency: soon }', 'E_CONFIG', 'changelog.debian.urgency', 1],
    ['sqashes: title', 'E_CONFIG', 'squashes', 1],
  ])('%s is refused with its place', async (text, code, words, line) => {
    await expect(readConfig(`changelog: { ${text} }`, 'release-kit.yml')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
      place: { file: 'release-kit.yml', line },
    });
  });

  test.each([
    ['version-file: out/VERSION', 'changelog.version-file'],
    ['files: { debian: out/changelog }', 'changelog.files.debian'],
    ['files: { changelog: C.md }\n  packages: [{ name: a, path: a, tags: a* }]', 'changelog.files.changelog'],
    ['files: { json: .git/config }', 'changelog.files.json'],
    ['announcements: { chat: { body: out/chat } }', 'changelog.announcements.chat.body'],
  ])('%s may not leave the repository by a link, nor reach into git', async (text, name) => {
    const root = await mkdtemp(join(tmpdir(), 'config-'));
    try {
      await mkdir(join(root, 'repository/a'), { recursive: true });
      for (const file of ['VERSION', 'changelog', 'chat', 'C.md']) await writeFile(join(root, file), 'x');
      await symlink('..', join(root, 'repository/out'));
      await symlink('../../C.md', join(root, 'repository/a/C.md'));
      const file = join(root, 'repository/release-kit.yml');
      await writeFile(file, `changelog:\n  ${text}\n`);
      await expect(loadConfig(file)).rejects.toMatchObject({ code: 'E_PATH', message: expect.stringContaining(name) });
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
