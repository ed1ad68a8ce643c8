import { architecture, distribution, line, list, object, runner, set, strategies, strategy } from './schema-parts.ts';

/** Of files from the root of the repository, with `/`; it may not climb out of it. */
const filePattern = {
  type: 'string',
  maxLength: 1000,
  pattern: '^(?!!?/)(?!!?(.*/)?\\.\\.(/|$))[^\\u0000-\\u001f\\u007f\\\\]+$',
  patternErrorMessage: 'a pattern of paths from the root of the repository, such as src/** or !docs/**',
  description: 'Pattern of paths; ** stands for any folders, * and ? do not match a /.',
  examples: ['src/**', '!docs/**'],
} as const;

export const filePatterns = (description: string) => list(filePattern, 200, description);

export const packageSchema = {
  ...object('A source package of the repository.', {
    path: { ...line('Folder that holds debian/, relative to the root of the repository.'), examples: ['.'] },
    name: {
      type: 'string',
      maxLength: 100,
      pattern: '^[a-z0-9][a-z0-9+.-]*$',
      patternErrorMessage: 'a name of lower-case letters, digits and + . -',
      description: 'Name of the package in the names of jobs and artifacts. Default: the Source field of debian/control.',
    },
    paths: filePatterns(
      'Files that the package is made of: a pull request builds it only when one of them changed. Default: all in its folder.',
    ),
    distributions: set(distribution, 20, 'Distributions to build this package for, instead of those of the file.'),
    architectures: set(architecture, 20, 'Architectures to build this package for, instead of those of the file.'),
    strategy: strategy('How foreign architectures of this package are built, instead of build.strategy.'),
    strategies: strategies('Architecture -> how this package is built for it.'),
  }),
  required: ['path'],
} as const;

const choice = {
  package: {
    type: 'string',
    maxLength: 100,
    pattern: '^[a-z0-9+.*?-]+$',
    patternErrorMessage: 'the name of a package, with * and ? as wildcards',
    description: 'Package, with * and ? as wildcards. Default: every one.',
  },
  distribution: {
    type: 'string',
    maxLength: 100,
    pattern: '^[a-z0-9:.*?-]+$',
    patternErrorMessage: 'a distribution such as debian:12, with * and ? as wildcards',
    description: 'Distribution, with * and ? as wildcards. Default: every one.',
    examples: ['ubuntu:*'],
  },
  architecture: {
    type: 'string',
    maxLength: 100,
    pattern: '^[a-z0-9*?]+$',
    patternErrorMessage: 'an architecture such as arm64, with * and ? as wildcards',
    description: 'Architecture, with * and ? as wildcards. Default: every one.',
  },
} as const;

export const matrixSchema = object('What is left out of the plan or put in, and how GitHub runs its jobs.', {
  exclude: list(
    { ...object('Jobs to leave out: those that match every key.', choice), minProperties: 1 } as const,
    200,
    'Jobs to leave out. An entry that matches none is a mistake.',
  ),
  include: list(
    {
      ...object('Jobs to add, or to run otherwise when they are already planned.', {
        ...choice,
        strategy: strategy('How they are built.'),
        runner: runner('Where they run: one label, or a list of labels that must all match.'),
      }),
      minProperties: 1,
    } as const,
    200,
    'Jobs to add or change, after the excluded ones are left out.',
  ),
  'fail-fast': { type: 'boolean', default: false, description: 'Cancel the other jobs when one fails.' },
  'max-parallel': {
    type: 'integer',
    minimum: 1,
    maximum: 256,
    description: 'How many jobs run at once. Default: as many as GitHub allows.',
  },
});
