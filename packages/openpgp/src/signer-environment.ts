import { inertLine, UserError } from '@release-kit/action';

/** The variables that a signer is to have, with their values. `env`: undefined for what is not set or empty. E_INPUT. */
export function signerEnvironment(names: readonly string[], env: (name: string) => string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, valueFor(name, env)]));
}

function valueFor(name: string, env: (name: string) => string | undefined): string {
  // What stands behind "=" may be the secret itself.
  const shown = inertLine(name.replace(/=.*/s, '=…'));
  const wrong = (what: string): UserError => new UserError('E_INPUT', `signer-environment names ${shown}, ${what}`);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw wrong('which is no name of a variable: give names without their values');
  // A runner hands inputs over as variables; the program is to know none of them.
  if (/^(INPUT_|RELEASE_KIT_)/i.test(name)) throw wrong('which is one of our own');
  const value = env(name);
  if (value === undefined) throw wrong('which is not set, or empty; a step of a workflow has its variables below env:');
  return value;
}
