import { defineAction, list, oneOf, path } from '@release-kit/action';
import { configInput } from '@release-kit/config';
import { machineInputs } from '@release-kit/machine';
import { manifestInputs } from '@release-kit/manifest';
import { sideTools } from './side-report.ts';

export const spec = defineAction({
  name: 'lintian-check',
  description: 'Runs lintian on the built packages and shows each finding where its author can act on it.',
  inputs: {
    ...manifestInputs,
    config: configInput('Configuration file; its lint section says which severity fails.'),
    source: path({ default: '.', mustExist: true, anywhere: true, description: 'The source tree, to find the file a finding is about.' }),
    'fail-on': oneOf({
      values: ['error', 'warning', 'info', 'pedantic', 'never'],
      optional: true,
      defaultText: 'from the configuration, else error',
      description: 'Lowest severity that fails the step.',
    }),
    also: list({
      values: ['all', 'none', ...sideTools],
      default: [],
      defaultText: 'from the configuration, else none',
      description: 'What runs beside lintian on the same packages.',
    }),
    'build-log': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'logs/build.log beside the manifest, when it is there',
      description: 'What blhc reads: a build log, or a folder in which all files named build.log are taken.',
    }),
    report: path({ optional: true, anywhere: true, defaultText: 'not written', description: 'Write all findings to this file as JSON.' }),
    sarif: path({
      optional: true,
      anywhere: true,
      defaultText: 'not written',
      description: 'Write the findings to this file as SARIF 2.1.0.',
    }),
    'sarif-results': oneOf({
      values: ['open', 'all'],
      default: 'open',
      description:
        'What goes into it: what is to be acted on, or also what is overridden, masked or fixed, which GitHub would show as open alerts.',
    }),
    junit: path({
      optional: true,
      anywhere: true,
      defaultText: 'not written',
      description: 'Write all findings to this file as JUnit XML.',
    }),
    ...machineInputs,
  },
  outputs: {
    result: { description: 'passed, or failed.' },
    errors: { description: 'How many findings are errors (overridden ones not counted).' },
    warnings: { description: 'How many findings are warnings (overridden ones not counted).' },
    findings: { description: 'How many findings there are in all (overridden ones not counted).' },
    placed: { description: 'How many of them stand on the very line that causes them.' },
    report: { description: 'Path of the JSON report, when one was asked for.' },
    sarif: { description: 'Path of the SARIF file, when one was asked for.' },
    junit: { description: 'Path of the JUnit file, when one was asked for.' },
  },
  permissions: [{ permission: 'contents: read', reason: 'to find the source line of a finding; annotations need no permission' }],
  root: 'clean machines are mounted and started by root only',
  errors: [
    'E_INPUT',
    'E_HOST',
    'E_PATH',
    'E_CONFIG',
    'E_MANIFEST',
    'E_DIGEST',
    'E_CONTROL',
    'E_DISTRIBUTION',
    'E_TOOL_MISSING',
    'E_ENGINE',
    'E_BASE_SYSTEM',
    'E_LINT',
    'E_LINT_INCOMPLETE',
    'E_TIMEOUT',
  ],
});
