import { defineAction, list, path } from '@release-kit/action';

export const spec = defineAction({
  name: 'build-matrix',
  description: 'Plans which package is built for which distribution and architecture, as a job matrix.',
  inputs: {
    config: path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'release-kit.yml or .github/release-kit.yml, when there is one',
      description: 'Configuration file.',
    }),
    source: path({
      default: '.',
      mustExist: true,
      anywhere: true,
      description: 'Folder that holds the configuration file, or else debian/.',
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
  },
  outputs: {
    matrix: {
      description:
        'The plan as JSON for strategy.matrix: {"include": [{name, path, package, distribution, architecture, strategy, runner}]}.',
    },
    count: { description: 'How many jobs the matrix has.' },
  },
  permissions: [{ permission: 'contents: read', reason: 'to read debian/ and release-kit.yml' }],
  errors: ['E_INPUT', 'E_PATH', 'E_CONFIG', 'E_CONTROL', 'E_SOURCE', 'E_DISTRIBUTION', 'E_ARCHITECTURE'],
});
