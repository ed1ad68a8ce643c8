import { boolean, defineAction, integer, list, oneOf, path, problemOutput, text } from '@release-kit/action';
import { configInput } from '@release-kit/config';

export const spec = defineAction({
  name: 'build-matrix',
  description: 'Plans which package is built for which distribution and architecture, as a job matrix.',
  inputs: {
    config: configInput('Configuration file.'),
    source: path({
      default: '.',
      mustExist: true,
      anywhere: true,
      description: 'Folder that holds the configuration file; packages that it does not list are looked for here and below.',
    }),
    distributions: list({
      default: [],
      defaultText: 'from the configuration, else debian:12',
      description: 'Distributions to build for, one per line, for example debian:12.',
    }),
    architectures: list({
      default: [],
      defaultText: 'from the configuration, else amd64',
      description: 'Architectures to build for, one per line, for example amd64.',
    }),
    'only-changed': boolean({
      default: true,
      description: 'In a pull request, plan only packages whose files changed. Anything else builds all packages.',
    }),
    base: text({
      optional: true,
      pattern: /^[^-\s]\S{0,999}$/,
      patternText: 'a commit, branch or tag',
      defaultText: "the pull request's base",
      description: 'Commit, branch or tag to look for changed files since, whatever started the run.',
    }),
    tag: text({
      optional: true,
      pattern: /^(?!-)[^\s~^:?*[\\]{1,256}$/,
      patternText: 'a release tag such as v1.2.3',
      defaultText: 'versions are not looked at',
      description: 'Release tag that is built: debian/changelog of each package must be of its version.',
    }),
    'older-changelog': oneOf({
      values: ['refused', 'allowed'],
      default: 'refused',
      description: 'Whether debian/changelog may be older than the tag, so that the build adds the entry.',
    }),
    show: oneOf({
      values: ['table', 'json', 'mermaid', 'none'],
      default: 'table',
      description: 'How the plan is shown in the log and in the job summary.',
    }),
    'fail-fast': oneOf({
      values: ['true', 'false'],
      optional: true,
      defaultText: 'from the configuration, else false',
      description: 'Cancel the other jobs when one fails.',
    }),
    'max-parallel': integer({
      min: 1,
      max: 256,
      optional: true,
      defaultText: 'from the configuration, else as many as GitHub allows',
      description: 'How many jobs run at once.',
    }),
    'max-jobs': integer({
      min: 1,
      max: 256,
      default: 256,
      description: 'How many jobs a stage may have, in a workflow that has an output for each.',
    }),
    'max-stages': integer({
      min: 1,
      max: 256,
      default: 256,
      description: 'How many stages there may be, in a workflow that has a job for each.',
    }),
  },
  outputs: {
    matrix: {
      description:
        'The plan as JSON for strategy.matrix: {"include": [{name, path, package, distribution, architecture, strategy, runner, build-all, source, version-suffix, cost, artifact, stage, smoke, needs}]}.',
    },
    stages: {
      description:
        'The same jobs as a JSON list of matrices, one for each stage: packages that are built with others of the plan come after these.',
    },
    any: { description: 'true when there is a job; with false the build must be skipped, since GitHub refuses an empty matrix.' },
    count: { description: 'How many jobs the matrix has.' },
    'fail-fast': { description: 'true or false, for strategy.fail-fast.' },
    'max-parallel': { description: 'A number, for strategy.max-parallel.' },
    packages: { description: 'Names of the packages in the plan, one per line.' },
    problem: problemOutput,
  },
  permissions: [{ permission: 'contents: read', reason: 'to read debian/, release-kit.yml and the commits' }],
  errors: [
    'E_INPUT',
    'E_PATH',
    'E_CONFIG',
    'E_CONTROL',
    'E_CHANGELOG',
    'E_SOURCE',
    'E_TAG',
    'E_VERSION',
    'E_DISTRIBUTION',
    'E_ARCHITECTURE',
    'E_GIT',
  ],
});
