import { UserError } from './errors.ts';
import { inertLine } from './inert.ts';

/** The name, when GitHub takes it for an artifact: the characters that @actions/artifact refuses, and a length that leaves room for a suffix. Throws E_INPUT. */
export function artifactName(name: string): string {
  if (/^[^"<>|*?\r\n\\/:]{1,200}$/.test(name)) return name;
  throw new UserError('E_INPUT', `input artifact is "${inertLine(name).slice(0, 200)}", which cannot be the name of an artifact`, {
    cure: 'Leave out " : < > | * ? \\ and /, or write auto.',
  });
}
