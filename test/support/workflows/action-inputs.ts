import type { ActionDefinition } from './action-definition.ts';
import { type Scope, textIn } from './expression.ts';

export interface GivenInputs {
  /** Declared ones with their defaults, in the case of the declaration; others as given. */
  readonly values: Readonly<Record<string, string>>;
  /** What is said of inputs that are unknown or deprecated. */
  readonly warnings: readonly string[];
}

/** What an action gets of `with:`; defaults are expressions of `github`, `runner`, `job`, `strategy` and `matrix`. */
export function inputsOf(action: ActionDefinition, given: Readonly<Record<string, string>>, scope: Scope): GivenInputs {
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const values: [string, string][] = [];
  const warnings: string[] = [];
  for (const { name, default: fallback = '', deprecation } of action.inputs) {
    const value = byName.get(name.toLowerCase());
    values.push([name, value ?? textIn(fallback, scope)]);
    if (value !== undefined && deprecation !== undefined) warnings.push(`Input '${name}' has been deprecated with message: ${deprecation}`);
    byName.delete(name.toLowerCase());
  }
  if (byName.size > 0) {
    const known = action.inputs.map(({ name }) => `'${name}'`).join(', ');
    warnings.push(`Unexpected input(s) ${[...byName.keys()].map((name) => `'${name}'`).join(', ')}, valid inputs are [${known}]`);
  }
  return { values: Object.fromEntries([...values, ...byName]), warnings };
}

/** `INPUT_` and the name in upper case; blanks become `_`, hyphens stay. */
export function inputEnvironment(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}
