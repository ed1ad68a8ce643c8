/** The changelogs of one history, as each tool makes them from all that HEAD has. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from '@release-kit/action-changelog';
import type { ChangelogPeers } from '../bench/changelog-peers.ts';
import { runProcess } from '../testing/process.ts';

/** What one tool says of a commit. */
export interface ListedCommit {
  readonly sha: string;
  /** Name of the release that it stands under, '' for what is not released. */
  readonly release: string;
  /** conventional, revert, merge or other; undefined when the tool does not say. */
  readonly kind: string | undefined;
  readonly breaking: boolean;
}

export type Changelog = ReadonlyMap<string, ListedCommit>;

/** Seconds. */
const limit = 150;

export interface OwnChangelog {
  readonly listed: Changelog;
  /** All commits of all releases, those that were taken back and merges as well. */
  readonly count: number;
}

/** Ours, by its JSON; merges are counted there and listed nowhere. */
export async function ownChangelog(checkout: string, tags: string): Promise<OwnChangelog> {
  await using host = await recordingHost();
  const file = join(host.files.workspace, 'changelog.json');
  const given = { source: checkout, tags, full: 'true', json: file };
  await run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);
  const { releases } = JSON.parse(await readFile(file, 'utf8')) as { readonly releases: readonly OwnRelease[] };
  const listed = releases.flatMap(({ name, version, commits }) =>
    commits.map(({ sha, kind, breaking }) => ({ sha, release: version === null ? '' : name, kind, breaking: breaking !== null })),
  );
  return { listed: bySha(listed), count: releases.reduce((sum, { count }) => sum + count, 0) };
}

interface OwnRelease {
  readonly name: string;
  readonly version: string | null;
  readonly count: number;
  readonly commits: readonly { readonly sha: string; readonly kind: string; readonly breaking: string | null }[];
}

/** git-cliff's, by a template that names each commit and its release; undefined when it took too long. */
export async function cliffChangelog(checkout: string, tags: string, peers: ChangelogPeers, out: string): Promise<Changelog | undefined> {
  const pattern = `^${tags.replace(/[.+]/g, '\\$&').replace('*', '[0-9]+\\.[0-9]+\\.[0-9]+.*')}$`;
  const body = '{% for commit in commits %}{{ commit.id }} {{ commit.breaking }} {{ version | default(value="") }}\n{% endfor %}';
  const argv = [...peers.cliff, '--body', body, '--strip', 'all', '--tag-pattern', pattern, '--output', out] as const;
  if (!(await runIn(checkout, argv, out))) return undefined;
  const lines = (await readFile(out, 'utf8')).matchAll(/^([0-9a-f]{40}) (true|false) ?(.*)$/gm);
  return bySha(
    [...lines].map(([, sha = '', breaking, release = '']) => ({ sha, release, kind: 'conventional', breaking: breaking === 'true' })),
  );
}

/** conventional-changelog's, by the links to commits in its Markdown; undefined when it took too long. */
export async function conventionalChangelog(
  checkout: string,
  peers: ChangelogPeers,
  context: string,
  out: string,
): Promise<Changelog | undefined> {
  const argv = [...peers.conventional, '--release-count', '0', '--context', context, '--outfile', out] as const;
  if (!(await runIn(checkout, argv, out))) return undefined;
  const links = (await readFile(out, 'utf8')).matchAll(/\[[0-9a-f]{7}\]\(https:\/\/example\.org\/o\/r\/commits\/([0-9a-f]{40})\)/g);
  return bySha([...links].map(([, sha = '']) => ({ sha, release: '', kind: undefined, breaking: false })));
}

/** Without an address conventional-changelog leaves out which commit an entry is of. */
export const linkedContext = JSON.stringify({ host: 'https://example.org', owner: 'o', repository: 'r', linkReferences: true });

/** What a tool wrote before, for the same commit, is not made again: it takes minutes. */
async function runIn(checkout: string, argv: readonly [string, ...string[]], out: string): Promise<boolean> {
  if (existsSync(out)) return true;
  const { exitCode, output } = await runProcess(['timeout', `${limit}`, ...argv], { cwd: checkout });
  if (exitCode !== 0 && exitCode !== 124) throw new Error(`${argv[0]} ended with exit code ${exitCode}:\n${output.slice(-2000)}`);
  return exitCode === 0;
}

function bySha(commits: readonly ListedCommit[]): Changelog {
  return new Map(commits.map((commit) => [commit.sha, commit]));
}
