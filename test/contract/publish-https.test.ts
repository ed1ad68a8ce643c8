import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { gitIn } from '../../scripts/publishing/git.ts';
import { publishTree } from '../../scripts/publishing/publish.ts';
import { type ServedRepositories, servedByHttps } from '../support/git-https.ts';
import { emptyRepository } from '../support/published-tree.ts';
import { writeSmallDist } from '../support/small-dist.ts';

let folder: string;
let served: ServedRepositories;
const token = 'ghp_sesame';
const header = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
const before = process.env['GIT_SSL_CAINFO'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-kit-https-'));
  await writeSmallDist(folder);
  for (const name of ['sources', 'remote.git']) await mkdir(join(folder, name));
  const remote = gitIn(join(folder, 'remote.git'));
  await remote.run(['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  await remote.run(['config', 'http.receivepack', 'true']);
  served = await servedByHttps(folder, header);
  process.env['GIT_SSL_CAINFO'] = served.certificate;
});
afterEach(async () => {
  if (before === undefined) delete process.env['GIT_SSL_CAINFO'];
  else process.env['GIT_SSL_CAINFO'] = before;
  await served[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function publish(given: string | undefined, name = 'remote.git') {
  const sources = join(folder, 'sources');
  const source = { repository: sources, commit: await emptyRepository(sources, 'first') };
  const [dist, workflows] = [join(folder, 'dist'), join(folder, 'workflows')];
  const address = `${served.url}/${name}`;
  return publishTree({ dist, workflows, source, remote: address, repository: 'acme/kit', version: 'v1.0.0', token: given });
}

test('a repository at https takes both tags at once, by the token, and gives them back', async () => {
  const { commit } = await publish(token);
  const remote = gitIn(join(folder, 'remote.git'));
  expect(await remote.run(['rev-parse', 'v1', 'v1.0.0^{commit}'])).toBe(`${commit}\n${commit}`);
  expect(served.requests.filter((request) => request === 'POST /remote.git/git-receive-pack').length).toBeGreaterThan(0);
  expect(await readFile(join(folder, 'remote.git', 'config'), 'utf8')).not.toContain(header);
});

test.each([undefined, 'ghp_wrong'])('with %s as the token nothing is asked, waited for or told about it', async (given) => {
  const refused = publish(given);
  await expect(refused).rejects.toMatchObject({
    code: 'git',
    message: expect.stringMatching(/Authentication failed|could not read Username/),
  });
  const message = await refused.catch((error: unknown) => String(error));
  for (const secret of ['ghp_', Buffer.from('ghp_wrong').toString('base64')]) expect(message).not.toContain(secret);
});

test('a repository that has moved is not followed: the token is not for that place', async () => {
  await expect(publish(token, 'moved.git')).rejects.toMatchObject({ code: 'git' });
  expect(served.requests.filter((request) => request.includes('/remote.git'))).toEqual([]);
});
