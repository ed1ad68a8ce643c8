import { inertLine, UserError } from '@release-kit/action';
import { architectureNames, parseArchitecture } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import type { Survey } from './survey.ts';

export const workflowNames = ['validate', 'build', 'release'] as const;

export type WorkflowName = (typeof workflowNames)[number];

/** What a person decides; all of it has a default. */
export interface Choices {
  readonly architectures: readonly string[];
  readonly distributions: readonly string[];
  /** Whose commits are built. */
  readonly branch: string;
  /** `owner/name@ref` of the release-kit that is called. */
  readonly uses: string;
  readonly workflows: readonly WorkflowName[];
  /** Relative to the root. */
  readonly publicKey: string | undefined;
}

export const usualRelease = 'release-kit/release-kit@v1';

/** What init takes when nobody says otherwise. */
export function usualChoices(survey: Survey): Choices {
  const words = new Set(survey.packages.flatMap(({ architectures }) => architectures));
  const named = architectureNames.filter((name) => words.has(name));
  const isAnywhere = [...words].some((word) => word === 'all' || word.endsWith('any') || word === 'amd64');
  return {
    architectures: isAnywhere || named.length === 0 ? ['amd64'] : named,
    distributions: ['debian:12'],
    branch: survey.branch,
    uses: usualRelease,
    workflows: workflowNames,
    publicKey: survey.publicKey,
  };
}

/** Throws E_INPUT with the flag that says what cannot be. */
export function checkChoices(choices: Choices): Choices {
  for (const name of choices.architectures) parseArchitecture(name);
  for (const name of choices.distributions) parseDistribution(name);
  // GitHub reads a branch as a pattern, in which other characters have a meaning.
  if (!/^[A-Za-z0-9_][A-Za-z0-9._/-]*$/.test(choices.branch))
    throw wrong('--branch', choices.branch, 'a branch of letters, digits and . _ / -', 'main');
  if (!/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+@[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(choices.uses))
    throw wrong('--uses', choices.uses, 'owner/name@ref', usualRelease);
  if (choices.publicKey !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(choices.publicKey))
    throw wrong(
      '--public-key',
      choices.publicKey,
      'a path from the root of the repository, of letters, digits and . _ / -',
      'keys/release.asc',
    );
  return choices;
}

/** The value need not be given: that of a branch, say, is read from the repository. */
function wrong(flag: string, value: string, allowed: string, example: string): UserError {
  return new UserError('E_INPUT', `${flag} is ${JSON.stringify(inertLine(value))}, but must be ${allowed}`, {
    cure: `Name another one, such as ${flag}=${example}; release-kit init --help tells what the flags are for.`,
  });
}
