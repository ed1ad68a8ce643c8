import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { sampleProject } from './sample-project.test-support.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const config = `changelog:
  packages:
    - { name: server, path: server, tags: server/v* }
    - { name: client, path: client, tags: client/v*, files: { changelog: NEWS.md } }
  files: { changelog: CHANGELOG.md, json: release.json }
`;

const steps = [
  { subject: 'feat: start', files: ['server/a', 'client/a'] },
  'tag server/v1.0.0',
  'tag client/v2.0.0',
  { subject: 'feat(server): listen', files: ['server/b'] },
  { subject: 'fix(client): ask again', files: ['client/b'] },
  { subject: 'fix!: one form of messages', files: ['server/c', 'client/c'] },
];

test('each package gets its own version and files, from its own commits', async () => {
  const { changelog, read } = await sampleProject(host, {
    steps,
    files: {
      'release-kit.yml': config,
      'server/package.json': '{ "version": "1.0.0" }\n',
      'client/package.json': '{ "version": "2.0.0" }\n',
    },
  });
  const server = await changelog({ package: 'server', mode: 'bump', 'bump-files': 'package.json' });
  expect(server).toMatchObject({ version: '2.0.0', tag: 'server/v2.0.0', previous: 'server/v1.0.0' });
  expect(server.changed.split('\n').sort()).toEqual([
    'project/server/CHANGELOG.md',
    'project/server/package.json',
    'project/server/release.json',
  ]);
  expect(await read('server/CHANGELOG.md')).toContain('listen');
  expect(await read('server/CHANGELOG.md')).not.toContain('ask again');

  const client = await changelog({ package: 'client', mode: 'bump', 'bump-files': 'package.json' });
  expect(client).toMatchObject({ version: '3.0.0', tag: 'client/v3.0.0', previous: 'client/v2.0.0' });
  expect(client.changed.split('\n').sort()).toEqual(['project/client/NEWS.md', 'project/client/package.json']);
  expect(await read('client/NEWS.md')).toMatch(/\/compare\/client\/v2\.0\.0\.\.\.client\/v3\.0\.0\)/);
  expect(await read('client/NEWS.md')).not.toContain('listen');
});
