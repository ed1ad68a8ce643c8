// Makes a draft with one asset in the repository of GITHUB_REPOSITORY, in a process of its own: proxies are read from the environment once.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { githubStore, planRelease } from '@release-kit/github';

const { GITHUB_API_URL = '', GITHUB_REPOSITORY = '' } = process.env;
await using host = await recordingHost({ env: { GITHUB_API_URL }, clock: hurriedClock() });
const content = 'a package';
const file = join(host.files.workspace, 'a.deb');
await writeFile(file, content);
const files = [{ name: 'a.deb', file, size: content.length, sha256: createHash('sha256').update(content).digest('hex') }];
const plan = planRelease({ tag: 'v1.0.0', prerelease: false, notes: '', commit: undefined, files });
await using store = await githubStore(host, { repository: GITHUB_REPOSITORY, token: 'ghs_0123456789abcdef' });
const draft = await store.draft(plan);
for (const asset of plan.assets) await store.put(draft, asset);
