import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { findConfig, loadConfig } from '@release-kit/config';
import { parseChangelog, parseControl } from '@release-kit/debian';
import { exampleFolder, exampleRepository, git } from '../support/history.ts';

const broken = join(exampleFolder, '../broken');

describe('the history of the example', () => {
  test('ends with exactly the example, and is the same on every machine', async () => {
    await using host = await recordingHost();
    const folder = join(host.files.workspace, 'one');
    const other = join(host.files.workspace, 'other');
    await exampleRepository(folder, { tag: 'v1.0.0' });
    await exampleRepository(other);
    const tracked = (await git(folder, 0, ['ls-files', '-z'])).split('\0').filter((name) => name !== '');
    expect(tracked).toEqual(expect.arrayContaining(['debian/rules', 'src/main.c', 'release-kit.yml', 'man/hello-service.8']));
    for (const name of tracked) expect(await readFile(join(folder, name), 'utf8')).toBe(await readFile(join(exampleFolder, name), 'utf8'));
    expect(await git(folder, 0, ['status', '--porcelain'])).toBe('');
    expect(await git(other, 0, ['rev-parse', 'HEAD'])).toBe(await git(folder, 0, ['rev-parse', 'HEAD']));
    expect((await git(folder, 0, ['tag', '--points-at', 'HEAD'])).trim()).toBe('v1.0.0');
    expect((await git(other, 0, ['describe'])).trim()).toMatch(/^v0\.9\.0-8-g/);
  });

  test('has features, a fix and a revert since its first tag', async () => {
    await using host = await recordingHost();
    const folder = join(host.files.workspace, 'one');
    await exampleRepository(folder);
    const subjects = (await git(folder, 0, ['log', '--format=%s', 'v0.9.0..HEAD'])).trim().split('\n');
    expect(subjects.filter((subject) => /^feat/.test(subject))).toHaveLength(3);
    expect(subjects).toEqual(expect.arrayContaining(['Revert "feat: greet in French"', 'fix(config): refuse unknown keys']));
    expect((await git(folder, 0, ['show', 'v0.9.0:debian/changelog'])).startsWith('hello-service (0.9.0)')).toBe(true);
  });
});

describe('the examples', () => {
  test('the configuration of the service is one that release-kit reads', async () => {
    const config = await loadConfig(await findConfig(exampleFolder));
    expect(config.smoke.services).toMatchObject([{ unit: 'hello-service.service', healthy: [{ within: 10_000 }, { status: [404] }] }]);
    expect(config.smoke.files[0]).toMatchObject({
      path: '/etc/hello-service/hello-service.conf',
      mode: '0640',
      owner: 'root',
      group: 'hello-service',
    });
    expect(config.lint.failOn).toBe('warning');
  });

  test('each broken package is described, and its files are well formed', async () => {
    const folders = (await readdir(broken, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    const text = await readFile(join(broken, 'README.md'), 'utf8');
    expect(folders.sort()).toEqual([...text.matchAll(/^\| `([a-z-]+)` +\|/gm)].map((row) => row[1]).sort());
    for (const name of folders) {
      const debian = join(broken, name, 'debian');
      expect(parseControl(await readFile(join(debian, 'control'), 'utf8'), 'control').source.get('Source')).toBe(name);
      expect(parseChangelog(await readFile(join(debian, 'changelog'), 'utf8'), 'changelog')[0]?.package).toBe(name);
    }
  });
});
