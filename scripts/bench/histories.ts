/** Public histories of different habits, for the benchmark, the comparison with other tools, and tests. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProcess } from '../testing/process.ts';

export interface PublicHistory {
  /** On github.com. */
  readonly name: `${string}/${string}`;
  readonly habit: string;
  /** Its release tags, with one star where the version stands; undefined when no tag has a semantic version. */
  readonly tags: string | undefined;
}

export const publicHistories: readonly PublicHistory[] = [
  { name: 'angular/angular-cli', habit: 'conventional, strict, rebased', tags: 'v*' },
  { name: 'vitejs/vite', habit: 'conventional squashes with (#n), tags for each package', tags: 'v*' },
  { name: 'vuejs/core', habit: 'conventional, many release candidates', tags: 'v*' },
  {
    name: 'conventional-changelog/conventional-changelog',
    habit: 'conventional, monorepo with scopes and tags for each package',
    tags: 'v*',
  },
  { name: 'orhun/git-cliff', habit: 'conventional, Rust', tags: 'v*' },
  { name: 'googleapis/release-please', habit: 'conventional squashes by a release robot', tags: 'v*' },
  { name: 'semantic-release/semantic-release', habit: 'conventional, released by a robot', tags: 'v*' },
  { name: 'goreleaser/goreleaser', habit: 'conventional squashes with long bodies', tags: 'v*' },
  { name: 'tokio-rs/tracing', habit: 'areas before a colon, squashes, tags for each crate', tags: 'tracing-*' },
  { name: 'carloscuesta/gitmoji', habit: 'pictures instead of types', tags: 'v*' },
  { name: 'prometheus/prometheus', habit: 'merges of pull requests, some conventional', tags: 'v*' },
  { name: 'redis/redis', habit: 'no convention, release branches', tags: '*' },
  { name: 'curl/curl', habit: 'areas before a colon, no merges', tags: undefined },
  { name: 'GNOME/glib', habit: 'as the kernel: areas, long bodies, many merges', tags: '*' },
];

/**
 * The repository of a history: `<folder>/<owner>/<name>`, with or without a work tree. One that is not there is cloned without its files' contents, which takes
 * some minutes; undefined when that cannot be, because there is no network.
 */
export async function repositoryOf({ name }: PublicHistory, folder: string): Promise<string | undefined> {
  const kept = join(folder, name);
  if (existsSync(kept)) return kept;
  const fetching = `${kept}.fetching`;
  await rm(fetching, { recursive: true, force: true });
  await mkdir(dirname(fetching), { recursive: true });
  const clone = ['git', 'clone', '-q', '--bare', '--filter=blob:none', `https://github.com/${name}`, fetching] as const;
  const { exitCode } = await runProcess(clone, { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
  if (exitCode !== 0) return undefined;
  await rename(fetching, kept);
  return kept;
}

/** A checkout of the repository without a file in it, beside which nothing is copied. */
export async function checkoutOf(repository: string, folder: string): Promise<void> {
  const { exitCode, output } = await runProcess(['git', 'clone', '-q', '--shared', '--no-checkout', repository, folder]);
  if (exitCode !== 0) throw new Error(`git clone of ${repository}: ${output}`);
}
