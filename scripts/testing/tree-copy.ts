import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface TreeCopy extends AsyncDisposable {
  readonly root: string;
}

const copied = [
  'actions',
  'docs',
  'examples',
  'packages',
  'scripts',
  'test',
  '.github',
  '.ci',
  'action.yml',
  'lintian-report.schema.json',
  'release-kit.schema.json',
  'jest.config.js',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

/**
 * A copy of the sources in which defects may be planted. Its node_modules is a real folder: @release-kit/* lead into the
 * copy, everything else to what is installed here. (A link to the whole folder would lead back to the original sources.)
 */
export async function copyTree(root: string, parent = tmpdir()): Promise<TreeCopy> {
  const copy = await mkdtemp(join(parent, 'release-kit-mutant-'));
  const installed = join(root, 'node_modules');
  const skip = new Set(['node_modules', 'lib']);
  for (const entry of await readdir(root)) {
    if (copied.includes(entry))
      await cp(join(root, entry), join(copy, entry), { recursive: true, filter: (source) => !skip.has(basename(source)) });
  }
  await mkdir(join(copy, 'node_modules', '@release-kit'), { recursive: true });
  for (const entry of await readdir(installed)) {
    if (entry !== '@release-kit') await symlink(join(installed, entry), join(copy, 'node_modules', entry));
  }
  // Workspace links are relative (../../packages/x), so the same link leads into the copy.
  for (const entry of await readdir(join(installed, '@release-kit'))) {
    await symlink(await readlink(join(installed, '@release-kit', entry)), join(copy, 'node_modules', '@release-kit', entry));
  }
  for (const workspace of await nestedModules(root)) await symlink(join(root, workspace), join(copy, workspace));
  return { root: copy, [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }) };
}

/** Packages that npm could not hoist stay in a workspace's own node_modules. */
async function nestedModules(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const group of ['packages', 'actions']) {
    for (const name of await readdir(join(root, group))) {
      if ((await readdir(join(root, group, name))).includes('node_modules')) found.push(join(group, name, 'node_modules'));
    }
  }
  return found;
}
