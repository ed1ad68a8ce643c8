/** What draft-release does once it has its plan, in a process of its own. Arguments: the list of files, and how many changes a minute may have. */
import { recordingHost } from '@release-kit/action';
import { bringToPlan } from '@release-kit/action-draft-release';
import { githubStore, planRelease, schedulerOf } from '@release-kit/github';
import { readUploads } from './upload-list.ts';

const [list = '', changesAMinute = ''] = process.argv.slice(2);
const { GITHUB_API_URL = '', GITHUB_REPOSITORY = '' } = process.env;
const files = await readUploads(list);
const release = planRelease({ tag: 'v1.0.0', prerelease: false, notes: 'Notes', commit: undefined, files });
await using host = await recordingHost({ env: { GITHUB_API_URL } });
schedulerOf(host, { changesAMinute: Number(changesAMinute) });
await using store = await githubStore(host, { repository: GITHUB_REPOSITORY, token: 'ghs_benchmark' });
await store.preflight(release);
await bringToPlan(store, release, host);
