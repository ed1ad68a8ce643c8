import { type Host, inertLine, UserError } from '@release-kit/action';
import { type BaseSystem, type EngineName, type Machine, prepareToolLayer } from '@release-kit/machine';

/** What is needed besides the base system. */
const packages = ['git', 'lintian-brush'];

/** Milliseconds. It tries more than a hundred fixers, each with an interpreter of its own. */
const limit = 15 * 60_000;

/** Where the source lies inside the machine. */
const folder = '/srv/fix/source';

/** The base system with lintian-brush in it, kept for the next time. E_BASE_SYSTEM where the distribution has none. */
export function withBrush(host: Host, base: BaseSystem, engine: EngineName): Promise<BaseSystem> {
  return prepareToolLayer(host, base, engine, { name: 'lintian-brush', packages, what: 'lintian-brush' });
}

export interface Brushed {
  /** What it says it did, one line a fix: `Use secure URI in Homepage field.`; inert. */
  readonly fixes: readonly string[];
  /** As `git apply` reads it, written to a file; undefined when there is nothing to mend. */
  readonly patch: string | undefined;
}

/**
 * Mends a copy of a source tree (`from`, absolute, plain files) in the machine, as nobody and without a network: what runs there is decided
 * by the tree. The patch is written to `patch` (absolute). Only fixes that it calls certain, and no entry in the changelog.
 */
export async function brush(machine: Machine, from: string, patch: string): Promise<Brushed> {
  await machine.copyIn(from, folder, 'nobody');
  const env = {
    ...{ HOME: '/tmp', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8' },
    ...{ GIT_AUTHOR_NAME: 'release-kit', GIT_AUTHOR_EMAIL: 'release-kit@localhost', DEBEMAIL: 'release-kit@localhost' },
    ...{ GIT_COMMITTER_NAME: 'release-kit', GIT_COMMITTER_EMAIL: 'release-kit@localhost', DEBFULLNAME: 'release-kit' },
  };
  const as = { user: 'nobody', env, cwd: folder, timeout: limit } as const;
  const git = (...words: readonly string[]) =>
    machine.run(['git', '-c', 'core.hooksPath=/dev/null', '-c', 'core.safecrlf=false', ...words], as);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all', '--force');
  await git('commit', '--quiet', '--no-verify', '--allow-empty', '--message=as it was');
  await git('tag', 'as-it-was');
  const { stdout, stderr, exitCode } = await machine.run(['lintian-brush', '--no-update-changelog', '--disable-net-access'], {
    ...as,
    allow: 'any',
  });
  // It ends with 1 when there was nothing to do, and when it broke.
  const { stdout: log } = await git('log', '--format=%s', '--reverse', 'as-it-was..HEAD');
  const fixes = log.split('\n').filter((line) => line !== '');
  if (fixes.length === 0 && exitCode !== 0 && !/No changes made|no changes/i.test(`${stdout}${stderr}`))
    throw new UserError(
      'E_COMMAND',
      `lintian-brush ended with ${exitCode ?? 'a signal'}: ${inertLine(stderr.trim().split('\n').at(-1) ?? '')}`,
    );
  if (fixes.length === 0) return { fixes, patch: undefined };
  const options = ['--binary', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--src-prefix=a/', '--dst-prefix=b/'];
  await machine.run(['git', 'diff', ...options, 'as-it-was', 'HEAD'], { ...as, stdoutFile: patch });
  return { fixes: fixes.map(inertLine), patch };
}
