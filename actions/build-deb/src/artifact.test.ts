import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type ArtifactOptions, type Artifacts, recordingHost } from '@release-kit/action';
import { describeFile, openPackages, writeManifest } from '@release-kit/manifest';
import { type ArtifactRequest, keptLogs, planArtifact, uploadPackages } from './artifact.ts';

const nobody: Artifacts = { upload: async () => ({ id: '1', digest: '' }), download: async () => {} };
const envOf = (variables: Readonly<Record<string, string>>) => (name: string) => variables[name];
const request: ArtifactRequest = {
  name: 'auto',
  retentionDays: undefined,
  source: { kind: 'dsc', file: '/x/libfoo_1.0-1.dsc' },
  distribution: 'debian:12',
  architecture: 'arm64',
};

describe('the plan', () => {
  test('auto is unique for package, distribution and architecture, and a name that artifacts may have', () => {
    expect(planArtifact({ artifacts: nobody, env: envOf({}) }, request)?.name).toBe('libfoo-debian-12-arm64');
  });

  test.each(['a:b', 'a/b', 'a\\b', 'a"b', 'a\nb', ''.padEnd(201, 'x')])('the name %j is refused before anything is built', (name) => {
    expect(() => planArtifact({ artifacts: nobody, env: envOf({}) }, { ...request, name })).toThrowWithCode('E_INPUT', /artifact/);
  });

  test('without a place for artifacts a name is refused, and no name is fine', () => {
    const host = { artifacts: undefined, env: envOf({}) };
    expect(() => planArtifact(host, request)).toThrowWithCode('E_INPUT', /on GitHub only/);
    expect(planArtifact(host, { ...request, name: undefined })).toBeUndefined();
  });

  test.each([
    ['a branch', {}, 90],
    ['a branch of a repository that keeps less', { GITHUB_RETENTION_DAYS: '30' }, 30],
    ['a branch of a repository that keeps more', { GITHUB_RETENTION_DAYS: '400' }, 90],
    ['a tag', { GITHUB_REF_TYPE: 'tag', GITHUB_RETENTION_DAYS: '400' }, undefined],
  ])('%s keeps its artifacts %j: %s days', (_, variables, days) => {
    expect(planArtifact({ artifacts: nobody, env: envOf(variables) }, request)?.retentionDays).toBe(days);
  });

  test('what was asked for counts', () => {
    expect(
      planArtifact({ artifacts: nobody, env: envOf({ GITHUB_REF_TYPE: 'tag' }) }, { ...request, retentionDays: 5 })?.retentionDays,
    ).toBe(5);
  });
});

test('packages go up in one archive that opens to the same packages', async () => {
  await using host = await recordingHost();
  const output = host.files.workspace;
  await writeFile(join(output, 'a_1_all.deb'), 'abc');
  const facts = { kind: 'deb', package: 'aa', version: '1', architecture: 'all', distribution: 'debian:12' } as const;
  const manifest = { schema: 1, sourceDateEpoch: 7, sources: [{ package: 'aa', version: '1' }] } as const;
  const files = [await describeFile(output, 'a_1_all.deb', facts)];
  const digest = await writeManifest(join(output, 'manifest.json'), { ...manifest, files });
  const seen: unknown[] = [];
  const artifacts: Pick<Artifacts, 'upload'> = {
    upload: async (name: string, [file = ''], root: string, options?: ArtifactOptions) => {
      await using opened = await openPackages(file, digest, host);
      seen.push(name, dirname(file) === root, options, opened.manifest.files);
      return { id: '3', digest: 'ff' };
    },
  };
  expect(await uploadPackages(host, { artifacts, name: 'aa', retentionDays: 9 }, output, { ...manifest, files })).toEqual({
    id: '3',
    digest: 'ff',
  });
  expect(seen).toEqual(['aa', true, { retentionDays: 9, compressed: false }, files]);
});

test('the logs go up although the build failed, and a failure to do so is a warning', async () => {
  await using host = await recordingHost();
  await mkdir(join(host.files.workspace, 'logs/tree'), { recursive: true });
  for (const name of ['build.log', 'tree/config.log']) await writeFile(join(host.files.workspace, 'logs', name), 'x');
  const seen: unknown[] = [];
  const upload = async (name: string, files: readonly string[], root: string): Promise<never> => {
    seen.push(name, ...files.map((file) => file.slice(root.length + 1)));
    throw new Error('no room');
  };
  const plan = { artifacts: { upload }, name: 'aa', retentionDays: undefined };
  await expect(
    (async () => {
      await using _ = keptLogs(host, plan, host.files.workspace);
      throw new Error('the build failed');
    })(),
  ).rejects.toThrow(/^the build failed$/);
  expect(seen).toEqual(['aa-log', 'build.log', 'tree/config.log']);
  expect(host.recorded.lines).toEqual(['warning: the logs were not uploaded: no room']);
});
