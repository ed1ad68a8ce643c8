import { readInputs } from './inputs.ts';
import type { RunnerHost } from './runner-host.ts';
import type { ActionSpec, InputsOf } from './spec.ts';

/**
 * The runner hands inputs over as INPUT_<NAME>: upper case, blanks as `_`, hyphens kept (actions/runner, Handler). An
 * unknown one is a misspelt `with:` key and an error, except under act, which hands on the inputs of an outer
 * composite action as well; see docs/decisions/0002-frame.md. Secrets are taken out of `env`.
 */
export function readRunnerInputs<S extends ActionSpec>(spec: S, env: NodeJS.ProcessEnv, host: RunnerHost): InputsOf<S> {
  const given: Record<string, string> = {};
  const names = new Map(Object.keys(spec.inputs).map((name) => [name.toUpperCase(), name]));
  for (const [variable, value = ''] of Object.entries(env)) {
    if (!variable.startsWith('INPUT_')) continue;
    const upper = variable.slice('INPUT_'.length);
    const name = names.get(upper) ?? upper.toLowerCase();
    // Before anything can be said about any of them.
    if (spec.inputs[name]?.type === 'secret') {
      host.mask(value);
      // Read once: what prints or inherits the environment, such as a report of Node about a crash, finds no secret in it.
      delete env[variable];
    }
    if (names.has(upper) || env['ACT'] !== 'true') given[name] = value;
    else host.log.debug(`${variable} is not an input of ${spec.name}: it was given to an outer action`);
  }
  return readInputs(spec, given, { workspace: host.files.workspace, nameOf: (input) => `input ${input}` });
}
