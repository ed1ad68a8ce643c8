/** The workflows and action files of this repository, laid out as the linters want to see them. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pinnedText } from '../publishing/references.ts';

/** Stands for the commit that publishing will name. */
const pin = { commit: 'a'.repeat(40), tag: 'v1.0.0' };
const repository = 'release-kit/release-kit';
const ours = /\brelease-kit\/release-kit\/((?:\.github\/workflows\/)?[\w.-]+)@v\d+/g;
const isWorkflow = (name: string): boolean => /\.ya?ml$/.test(name);

/** Files written, relative to the folder. */
export type LaidFiles = readonly string[];

/** As on main: workflows beside the actions that they use, which have to be where they say. */
export async function layOutSources(root: string, folder: string): Promise<LaidFiles> {
  // Where a repository ends.
  await mkdir(join(folder, '.git'), { recursive: true });
  for (const name of await readdir(join(root, 'actions'))) {
    await copy(join(root, 'actions', name, 'action.yml'), join(folder, 'dist', name, 'action.yml'));
    await writeFile(join(folder, 'dist', name, 'index.js'), '');
  }
  const examples = await copyAll(root, folder, 'examples/workflows');
  // What they hand to our workflows and actions is compared with those beside them.
  for (const file of examples) {
    const text = await readFile(join(folder, file), 'utf8');
    await writeFile(
      join(folder, file),
      text.replace(ours, (_, path: string) => (path.startsWith('.github/') ? `./${path}` : `./dist/${path}`)),
    );
  }
  return [...(await copyAll(root, folder, '.github/workflows')), ...examples];
}

/** As callers get them: our actions by full commits, action files in the folders of the release. */
export async function layOutRelease(root: string, folder: string): Promise<LaidFiles> {
  const actions = await readdir(join(root, 'actions'));
  const files = [...(await copyAll(root, folder, '.github/workflows')), ...(await copyAll(root, folder, 'examples/workflows'))];
  for (const name of actions) {
    await copy(join(root, 'actions', name, 'action.yml'), join(folder, name, 'action.yml'));
    files.push(`${name}/action.yml`);
  }
  for (const file of ['action.yml', '.github/dependabot.yml']) await copy(join(root, file), join(folder, file));
  for (const file of [...files.filter((one) => /^\.github\/workflows\/[^.]/.test(one)), 'action.yml'])
    await writeFile(join(folder, file), pinnedText(file, await readFile(join(folder, file), 'utf8'), { repository, actions }, pin));
  return [...files, 'action.yml', '.github/dependabot.yml'];
}

async function copyAll(root: string, folder: string, place: string): Promise<string[]> {
  const names = (await readdir(join(root, place))).filter(isWorkflow).sort();
  for (const name of names) await copy(join(root, place, name), join(folder, place, name));
  return names.map((name) => `${place}/${name}`);
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}
