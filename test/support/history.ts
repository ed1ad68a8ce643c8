import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The example that most tests build; absolute. */
export const exampleFolder = fileURLToPath(new URL('../../examples/hello-service', import.meta.url));

interface Step {
  readonly message: string;
  /** Copied from the example as they are now. */
  readonly take?: readonly string[];
  /** Changes to files taken so far: what they said at that time. */
  readonly edit?: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[];
  /** Undoes the commit before. */
  readonly revert?: true;
  readonly tag?: string;
}

const steps: readonly Step[] = [
  {
    message: 'feat: answer GET / with a greeting',
    take: ['.gitignore', 'Makefile', 'src', 'test', 'hello-service.conf'],
    edit: [
      { file: 'hello-service.conf', from: /; `systemctl reload`.*$/m, to: '.' },
      { file: 'src/config.c', from: /return "unknown key;.*$/m, to: 'return NULL;' },
    ],
  },
  { message: 'docs: describe options and configuration in a manual page', take: ['man'] },
  {
    message: 'feat(debian): run under systemd as a user of its own',
    take: ['debian'],
    edit: [{ file: 'debian/changelog', from: /^hello-service \(1[\s\S]*?\n\n(?=hello-service)/, to: '' }],
    tag: 'v0.9.0',
  },
  { message: 'feat(completions): complete options in bash, zsh and fish', take: ['completions'] },
  { message: 'feat: greet in French', edit: [{ file: 'hello-service.conf', from: /Hello from hello-service!/, to: 'Bonjour !' }] },
  { message: 'Revert "feat: greet in French"', revert: true },
  {
    message: 'fix(config): refuse unknown keys\n\nA misspelt key was ignored, and the service ran with the default.\n\nCloses: #7',
    take: ['src/config.c'],
  },
  { message: 'feat(server): read the greeting again on SIGHUP', take: ['hello-service.conf'] },
  { message: 'ci: check health, files and commands after the package is installed', take: ['release-kit.yml'] },
  { message: 'docs: say how to build and try the service', take: ['README.md'] },
  { message: 'chore: version 1.0.0', take: ['debian/changelog'] },
];

/**
 * Makes a git repository in the empty or missing `folder` whose last commit holds exactly examples/hello-service.
 * Branch main, tag v0.9.0 after three commits, then two features, one that is reverted, and a fix.
 * Authors and dates are fixed: the commits have the same ids on every machine. With `tag`, the last commit gets it.
 */
export async function exampleRepository(folder: string, options: { readonly tag?: string } = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  await git(folder, 0, ['init', '--quiet', '--initial-branch=main']);
  for (const [index, step] of steps.entries()) {
    if (step.revert === true) await git(folder, index, ['revert', '--no-edit', 'HEAD']);
    else await commit(folder, index, step);
    if (step.tag !== undefined) await annotate(folder, index, step.tag);
  }
  if (options.tag !== undefined) await annotate(folder, steps.length - 1, options.tag);
}

async function commit(folder: string, index: number, step: Step): Promise<void> {
  for (const path of step.take ?? []) await cp(join(exampleFolder, path), join(folder, path), { recursive: true });
  for (const { file, from, to } of step.edit ?? []) {
    const text = await readFile(join(folder, file), 'utf8');
    if (!from.test(text)) throw new Error(`${file} of the example no longer holds ${String(from)}`);
    await writeFile(join(folder, file), text.replace(from, to));
  }
  await git(folder, index, ['add', '--all']);
  await git(folder, index, ['commit', '--quiet', '--message', step.message]);
}

const annotate = (folder: string, index: number, tag: string): Promise<string> =>
  git(folder, index, ['tag', '--annotate', '--message', `hello-service ${tag}`, tag]);

/** Runs git on its own: no configuration or hooks of the machine, one fixed author, one day between commits. Returns standard output. */
export async function git(folder: string, day: number, args: readonly string[]): Promise<string> {
  const date = `${1_764_000_000 + day * 86_400} +0000`;
  const person = { NAME: 'Example Author', EMAIL: 'author@example.org', DATE: date };
  const identity = Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const { stdout } = await promisify(execFile)('git', ['-C', folder, ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: dirname(folder),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...Object.fromEntries(identity),
    },
  });
  return stdout;
}
