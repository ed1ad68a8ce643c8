import { copyFile, lchown, lstat, mkdir, readFile, readlink, realpath, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { codeOf, defineAction, type Host, inertLine, inertText, readInputs, UserError } from '@release-kit/action';
import { findCheckout, type Git, openGit } from '@release-kit/git';
import {
  basePackages,
  chooseEngine,
  createMachine,
  machineInputs,
  ownArchitecture,
  parseDistribution,
  prepareBase,
} from '@release-kit/machine';
import { brush, withBrush } from './lintian-brush.ts';

const spec = defineAction({ name: 'lint --fix', description: '', inputs: machineInputs, outputs: {}, permissions: [], errors: [] });

/** lintian-brush keeps to what holds in the release that it runs in; what holds in this one holds in later ones as well. */
const distribution = 'debian:12';

/**
 * Lets lintian-brush mend what it is certain of in a copy of the source, in a clean machine; shows the difference; then applies it to the files,
 * not committed, for a person to look at. Nothing is lost: a source with changes that are not committed is refused before anything starts.
 * Throws E_GIT, E_SOURCE.
 *
 * @param given engine and mirror as texts
 */
export async function fixSource(
  path: string,
  given: Readonly<Record<string, string>>,
  host: Host,
): Promise<Readonly<Record<string, string>>> {
  const { engine: wanted, mirror } = readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => `--${name}` });
  const source = await sourceFolder(resolve(host.files.workspace, path), path);
  await using git = await openGit(host, await findCheckout(source));
  const folder = relative(git.checkout, source).split(sep).join('/');
  await refuseChanges(git, folder);
  await using scratch = await host.files.temporary('fix');
  const copy = join(scratch.path, 'source');
  await copyTracked(git, folder, copy);

  const { engine } = await chooseEngine(host, wanted);
  host.progress.update('preparing a machine for lintian-brush');
  const request = { distribution: parseDistribution(distribution), architecture: ownArchitecture(), packages: basePackages.lint };
  const base = await prepareBase(host, { ...request, ...(mirror === undefined ? {} : { mirror }) });
  await using machine = await createMachine(host, await withBrush(host, base, engine), engine);
  host.progress.update('lintian-brush');
  const { fixes, patch } = await brush(machine, copy, join(scratch.path, 'patch'));
  if (patch === undefined) {
    host.log.info('lintian-brush is certain of nothing to mend');
    return { fixes: '' };
  }
  for (const line of inertText(await readFile(patch, 'utf8'))
    .trimEnd()
    .split('\n'))
    host.log.info(line);
  const changed = await applyPatch(git, folder, patch);
  for (const fix of fixes) host.log.info(`mended: ${fix}`);
  host.log.info(`${changed.map(inertLine).join(', ')} changed, not committed: look at git diff, then build and lint again`);
  return { fixes: fixes.join('\n'), files: changed.join('\n') };
}

async function sourceFolder(path: string, shown: string): Promise<string> {
  try {
    if ((await stat(join(path, 'debian', 'control'))).isFile()) return await realpath(path);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) throw error;
  }
  throw new UserError('E_SOURCE', `${inertLine(shown)} holds no debian/control`);
}

async function refuseChanges(git: Git, folder: string): Promise<void> {
  const { stdout } = await git.run([
    '--literal-pathspecs',
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--',
    folder === '' ? '.' : folder,
  ]);
  const names = stdout.split('\0').filter((entry) => entry !== '');
  if (names.length === 0) return;
  const shown = names.slice(0, 3).map((entry) => inertLine(entry.slice(3)));
  throw new UserError('E_GIT', `the source has changes that are not committed: ${shown.join(', ')}${names.length > 3 ? ', …' : ''}`, {
    cure: 'Commit them, or put them aside with git stash --include-untracked; then nothing can be lost.',
  });
}

/** The files that git knows, below `folder`; submodules and what is ignored stay out. */
async function copyTracked(git: Git, folder: string, to: string): Promise<void> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const { stdout } = await git.run(['--literal-pathspecs', 'ls-files', '-z', '--', folder === '' ? '.' : folder]);
  for (const name of stdout.split('\0')) {
    if (name === '') continue;
    const from = join(git.checkout, name);
    const target = join(to, name.slice(prefix.length));
    const info = await lstat(from);
    if (!info.isFile() && !info.isSymbolicLink()) continue;
    await mkdir(dirname(target), { recursive: true });
    if (info.isSymbolicLink()) await symlink(await readlink(from), target);
    else await copyFile(from, target);
  }
}

/**
 * Applies the patch as a whole or not at all; git refuses paths out of the checkout. The files keep their owner; of a link that is the link itself, for a
 * hostile one may lead anywhere. Names from the checkout's root.
 */
export async function applyPatch(git: Git, folder: string, patch: string): Promise<readonly string[]> {
  const where = folder === '' ? [] : [`--directory=${folder}`];
  const { stdout } = await git.run(['apply', '--numstat', '-z', ...where, patch]);
  const names = stdout.split('\0').flatMap((entry) => entry.split('\t')[2] ?? []);
  const failure = 'the changes of lintian-brush do not fit; nothing was changed';
  await git.run(['apply', '--whitespace=nowarn', ...where, patch], { failure });
  const { uid, gid } = await stat(git.checkout);
  if (process.getuid?.() === 0)
    for (const name of names) await lchown(join(git.checkout, name), uid, gid).catch((error: unknown) => ignoreRemoved(error));
  return names;
}

function ignoreRemoved(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
