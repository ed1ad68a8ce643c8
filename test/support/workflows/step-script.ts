import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { StepDefinition } from './definitions.ts';
import { textIn } from './expression.ts';
import { type Done, type Frame, type Machine, undone } from './machine.ts';
import { stepEnvironment, stepScope } from './step-scope.ts';
import type { StepWork } from './steps.ts';

/** The command lines of GitHub's documentation; `{0}` is the script. */
const shells: Readonly<Record<string, string>> = {
  bash: 'bash --noprofile --norc -eo pipefail {0}',
  sh: 'sh -e {0}',
  python: 'python3 {0}',
};
/** Where nobody names a shell. */
const unnamed = 'bash -e {0}';

/** Runs the script of a `run:` step. */
export async function runScript(
  machine: Machine,
  frame: Frame,
  definition: StepDefinition,
  { env, place, signal }: StepWork,
): Promise<Done> {
  const scope = stepScope(machine, frame, env);
  // A composite action has no defaults, and names a shell itself.
  const defaults = frame.composite ? {} : machine.defaults;
  const shell = textIn(definition.shell ?? defaults['shell'] ?? '', scope);
  const folder = textIn(definition.workingDirectory ?? defaults['working-directory'] ?? '.', scope);
  const scripts = join(machine.job.temporary, '_runner_file_commands');
  await mkdir(scripts, { recursive: true });
  const script = join(scripts, `${place.replaceAll('/', '-')}.sh`);
  await writeFile(script, textIn(definition.run ?? '', scope));
  const [program = '', ...rest] = (shells[shell] ?? (shell === '' ? unnamed : shell)).split(' ').map((word) => word.replace('{0}', script));
  const cwd = resolve(machine.job.workspace, folder);
  if (!existsSync(cwd))
    return undone(`An error occurred trying to start process '${program}' with working directory '${cwd}'. No such file or directory`);
  const done = await machine.job.execute({
    argv: [program, ...rest],
    cwd,
    env: stepEnvironment(machine, frame, env),
    ...(signal === undefined ? {} : { signal }),
  });
  if (done.conclusion !== 'failure') return done;
  const annotation = { level: 'error', message: `Process completed with exit code ${done.exitCode}.`, properties: {} } as const;
  return { ...done, annotations: [...done.annotations, annotation] };
}
