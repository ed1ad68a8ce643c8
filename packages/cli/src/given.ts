import type { ActionSpec, InputSpec } from '@release-kit/action';

/** `throw-away-key` -> `RELEASE_KIT_THROW_AWAY_KEY`; secrets come this way only, never on the command line. */
export function variableOf(input: string): string {
  return `RELEASE_KIT_${input.toUpperCase().replaceAll('-', '_')}`;
}

/** Values as commander gives them (text, true, or a list) -> texts by input name, as a runner gives them. */
export function givenTexts(spec: ActionSpec, flags: Readonly<Record<string, unknown>>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(flags)) {
    const input = Object.hasOwn(spec.inputs, name) ? spec.inputs[name] : undefined;
    if (input === undefined || value === undefined) continue;
    // A switch that every command has, such as --json: no file of that input's name, which here is no flag.
    if (value === true && input.type !== 'boolean') continue;
    given[name] = Array.isArray(value) ? value.join('\n') : String(value);
  }
  return given;
}

/** The secret inputs of an action, from the environment. */
export function givenSecrets(spec: ActionSpec, env: NodeJS.ProcessEnv): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, input] of Object.entries(spec.inputs)) {
    const value = env[variableOf(name)];
    if (input.type === 'secret' && value !== undefined && value !== '') given[name] = value;
  }
  return given;
}

/** Variables that may hold secrets, of any of the actions. */
export function secretVariables(specs: readonly ActionSpec[]): ReadonlySet<string> {
  return new Set(
    specs.flatMap(({ inputs }) => Object.entries(inputs).flatMap(([name, input]) => (input.type === 'secret' ? [variableOf(name)] : []))),
  );
}

/** `--source <path>`, `--network [true|false]`, `--options <list...>`; undefined for secrets. */
export function flagOf(name: string, input: InputSpec): string | undefined {
  switch (input.type) {
    case 'secret':
      return undefined;
    case 'boolean':
      return `--${name} [true|false]`;
    case 'list':
      return `--${name} <value...>`;
    case 'integer':
      return `--${name} <number>`;
    case 'duration':
      return `--${name} <time>`;
    case 'enum':
      return `--${name} <${input.values.join('|')}>`;
    case 'text':
    case 'path':
    case 'glob':
      return `--${name} <${input.type}>`;
  }
}

/** The help text of a flag: description and default, as in the README's table. */
export function flagHelp(input: InputSpec): string {
  const fixed =
    input.default === undefined || input.default === '' || (Array.isArray(input.default) && input.default.length === 0)
      ? undefined
      : String(input.default);
  const shown = input.defaultText ?? fixed;
  return shown === undefined ? input.description : `${input.description} (default: ${shown})`;
}
