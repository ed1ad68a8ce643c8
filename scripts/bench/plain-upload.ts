/** A draft as people make it with the client of @actions/github: one file after the other, each read whole. Arguments: the list of files, and the milliseconds between changes. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { getOctokit } from '@actions/github';
import { readUploads } from './upload-list.ts';

const [list = '', between = ''] = process.argv.slice(2);
const { GITHUB_API_URL: baseUrl = '', GITHUB_REPOSITORY = '' } = process.env;
const [owner = '', repo = ''] = GITHUB_REPOSITORY.split('/');
const octokit = getOctokit('ghs_benchmark', { baseUrl });
const { data: release } = await octokit.rest.repos.createRelease({ owner, repo, tag_name: 'v1.0.0', draft: true });
for (const { name, file } of await readUploads(list)) {
  // From the beginning of one to that of the next, as GitHub asks.
  const distance = sleep(Number(between));
  const headers = { 'content-type': 'application/vnd.debian.binary-package' };
  await octokit.request(`POST ${release.upload_url}`, { name, data: await readFile(file), headers });
  await distance;
}
