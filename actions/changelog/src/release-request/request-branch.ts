import { type Host, UserError } from '@release-kit/action';
import type { Inputs, Settings } from '../settings/settings.ts';

/** The branches of a release request, without `refs/heads/`. */
export interface RequestBranches {
  /** Ours: nobody else commits to it. */
  readonly branch: string;
  /** What it goes into. */
  readonly base: string;
}

/** From the inputs, else from the branch that the run is on. Throws E_INPUT when no branch is known. */
export function requestBranches(
  inputs: Pick<Inputs, 'branch' | 'base'>,
  { package: { name } }: Pick<Settings, 'package'>,
  { github }: Host,
): RequestBranches {
  const base = inputs.base ?? /^refs\/heads\/(.+)$/.exec(github.ref ?? '')?.[1];
  if (base === undefined)
    throw new UserError('E_INPUT', 'nothing says which branch the release request goes into, since this run is on none', {
      cure: 'Name it by the input base, such as main, or run on a push to it.',
    });
  const branch = inputs.branch ?? `release-kit/${base}${name === '' ? '' : `--${branchPart(name)}`}`;
  if (branch === base) throw new UserError('E_INPUT', `branch and base are both ${base}`, { cure: 'Leave branch out.' });
  return { branch, base };
}

/** The name of a package as part of the last name of a branch: no `/`, since a branch a and a branch a/b exclude each other; git-check-ref-format(1). */
function branchPart(name: string): string {
  return name
    .replaceAll('/', '--')
    .replace(/\.{2,}/g, '.')
    .replace(/@\{/g, '@')
    .replace(/\.lock$|\.$/, '');
}
