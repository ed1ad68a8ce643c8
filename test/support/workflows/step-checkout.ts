import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { objectOf, textOf } from './json.ts';
import { type Done, type Machine, undone } from './machine.ts';

const defaults = {
  repository: '',
  ref: '',
  token: '',
  path: '.',
  'persist-credentials': 'true',
  'fetch-depth': '1',
  'fetch-tags': 'false',
  clean: 'true',
  'set-safe-directory': 'true',
  'show-progress': 'true',
} as const;
type Input = keyof typeof defaults;

/** actions/checkout over git from a bare repository on this disk. The remote is called as on GitHub; settings of git lead to the disk. */
export async function runCheckout(machine: Machine, given: Readonly<Record<string, string>>): Promise<Done> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(defaults, name));
  if (unknown.length > 0) return undone(`the stand-in for actions/checkout does not know ${unknown.join(', ')}`);
  const input = (name: Input): string => given[name] ?? defaults[name];
  const github = objectOf(machine.contexts['github'], 'github');
  const own = textOf(github['repository'], 'github.repository');
  const repository = input('repository') || own;
  const folder = resolve(machine.job.workspace, input('path'));
  if (folder !== machine.job.workspace && !folder.startsWith(`${machine.job.workspace}/`))
    return undone(`Repository path '${folder}' is not under '${machine.job.workspace}'`);
  await mkdir(folder, { recursive: true });
  const bare = machine.repositories.bare(repository);
  const url = `https://github.com/${repository}`;
  const target = targetOf(repository === own, input('ref'), github);
  const lines: string[] = [];
  const annotations: Done['annotations'][number][] = [];
  const commands: readonly (readonly string[])[] = [
    ['init', '--quiet', '--initial-branch=main', '.'],
    ['remote', 'add', 'origin', url],
    ['config', '--local', `url.file://${bare}.insteadOf`, url],
    ['config', '--local', 'gc.auto', '0'],
    fetchOf(target, input('fetch-depth'), input('fetch-tags') === 'true'),
    ...target.checkout,
  ];
  for (const argv of commands) {
    const env = { GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' };
    const done = await machine.job.execute({ argv: ['git', ...argv], cwd: folder, env });
    lines.push(...done.lines);
    if (done.conclusion === 'success') continue;
    annotations.push({ level: 'error', message: `The process '/usr/bin/git' failed with exit code ${done.exitCode}`, properties: {} });
    return { ...done, lines, annotations };
  }
  if (input('persist-credentials') === 'true')
    await keepCredentials(machine, folder, input('token') || textOf(github['token'], 'github.token'));
  const head = await machine.job.execute({ argv: ['git', 'log', '-1', '--format=%H'], cwd: folder });
  const outputs = { ref: target.shown, commit: head.lines[0] ?? '' };
  return { ...head, outputs, lines: [...lines, ...head.lines] };
}

interface Target {
  readonly shown: string;
  readonly refspecs: readonly string[];
  readonly checkout: readonly (readonly string[])[];
}

/** As the action decides: the event's own reference at its commit, a full commit, or a branch or tag by its name. */
function targetOf(isOwn: boolean, ref: string, github: ReturnType<typeof objectOf>): Target {
  const [eventRef, sha] = [textOf(github['ref'], 'github.ref'), textOf(github['sha'], 'github.sha')];
  if (ref === '' && isOwn) return referenceTarget(eventRef, sha);
  if (/^[0-9a-f]{40}$/.test(ref))
    return {
      shown: ref,
      refspecs: [`+${ref}:refs/remotes/origin/checkout`],
      checkout: [['checkout', '--quiet', '--force', '--detach', ref]],
    };
  if (ref.startsWith('refs/')) return referenceTarget(ref, undefined);
  // A name may be of a branch or of a tag; both are fetched, and whichever is there is taken.
  const name = ref === '' ? 'main' : ref;
  return {
    shown: name,
    refspecs: [`+refs/heads/${name}*:refs/remotes/origin/${name}*`, `+refs/tags/${name}*:refs/tags/${name}*`],
    checkout: [['checkout', '--quiet', '--force', name]],
  };
}

function referenceTarget(ref: string, sha: string | undefined): Target {
  const from = sha ?? ref;
  if (ref.startsWith('refs/heads/')) {
    const name = ref.slice('refs/heads/'.length);
    const branch = `refs/remotes/origin/${name}`;
    return { shown: ref, refspecs: [`+${from}:${branch}`], checkout: [['checkout', '--quiet', '--force', '-B', name, sha ?? branch]] };
  }
  if (ref.startsWith('refs/pull/')) {
    const local = `refs/remotes/${ref.slice('refs/'.length)}`;
    return { shown: ref, refspecs: [`+${from}:${local}`], checkout: [['checkout', '--quiet', '--force', local]] };
  }
  // A tag with a message stays one.
  return { shown: ref, refspecs: [`+${ref}:${ref}`], checkout: [['checkout', '--quiet', '--force', ref]] };
}

function fetchOf(target: Target, depth: string, tags: boolean): readonly string[] {
  const all = depth === '0';
  const limit = all ? [] : [`--depth=${depth}`];
  // Of the whole history the event's own branch is a part, which may have moved on since.
  const own = target.refspecs.filter((refspec) => !all || !refspec.includes(':refs/remotes/origin/') || refspec.endsWith('/checkout'));
  const history = all ? ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'] : [];
  const allTags = tags && !all ? ['+refs/tags/*:refs/tags/*'] : [];
  return ['fetch', '--quiet', '--no-tags', '--prune', '--no-recurse-submodules', ...limit, 'origin', ...history, ...allTags, ...own];
}

/** Where any later step finds the token: in a file of the runner, which the configuration of the checkout includes. */
async function keepCredentials(machine: Machine, folder: string, token: string): Promise<void> {
  const file = join(machine.job.temporary, '_runner_file_commands', 'git-credentials.config');
  const header = Buffer.from(`x-access-token:${token}`).toString('base64');
  machine.job.masks.add(header);
  await writeFile(file, `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${header}\n`);
  await machine.job.execute({ argv: ['git', 'config', '--local', 'include.path', file], cwd: folder });
}
