import { boolean, defineAction, integer, list, oneOf, path, secret, text } from '@release-kit/action';
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
    lintian: text({
      optional: true,
      defaultText: 'from the configuration, else build',
      description: 'Whose lintian checks: build for that of the distribution that the packages are for, or another distribution.',
    }),
    profile: text({
      optional: true,
      pattern: /^[a-z0-9][a-z0-9.+-]*(?:\/[a-z0-9][a-z0-9.+-]*)*$/,
      patternText: 'the name of a profile, such as debian or ubuntu/main',
      defaultText: 'that of the vendor that the packages are for',
      description: 'Profile of lintian.',
    }),
    'suppress-tags': list({
      default: [],
      defaultText: 'none',
      description: 'Tags that lintian does not look for, in no package; a line of debian/*.lintian-overrides is better for one package.',
    }),
    'unpacked-limit': integer({
      default: 2048,
      min: 1,
      max: 1_048_576,
      description: 'MiB that one file may unpack to; more is E_BOMB, as is more than 200 times its size above 64 MiB.',
    }),
    'fail-on': oneOf({
      values: ['error', 'warning', 'info', 'pedantic', 'never'],
      optional: true,
      defaultText: 'from the configuration, else error',
      description: 'Lowest severity that fails the step, of all findings.',
    }),
    'fail-on-new': oneOf({
      values: ['error', 'warning', 'info', 'pedantic', 'never'],
      optional: true,
      defaultText: 'from the configuration, else never',
      description: 'Lowest severity that fails the step, of findings that the baseline and compare-with do not know.',
    }),
    baseline: path({
      optional: true,
      anywhere: true,
      defaultText: 'from the configuration, else debian/lintian-baseline of the source, when there is one',
      description: 'File of known findings, which do not count as new.',
    }),
    'update-baseline': boolean({
      default: false,
      description: 'Write the baseline anew, so that no finding of this run is new any more; findings then fail nothing.',
    }),
    'compare-with': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'nothing',
      description:
        'What was before: the JSON report of an earlier run, or earlier packages (a folder, a manifest, an archive), which are checked as well. Findings of then are not new.',
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
    'code-scanning': boolean({
      default: false,
      description: 'Bring the findings of sarif-results to code scanning, where they are alerts; sarif may be left out.',
    }),
    junit: path({
      optional: true,
      anywhere: true,
      defaultText: 'not written',
      description: 'Write all findings to this file as JUnit XML.',
    }),
    annotations: oneOf({
      values: ['auto', 'checks', 'commands', 'none'],
      default: 'auto',
      description:
        'How findings come to their lines: by a check of their own, which shows all, or by commands of the runner, of which GitHub shows ten a level; auto makes a check where the token may.',
    }),
    'github-token': secret({
      optional: true,
      jobToken: true,
      defaultText: "the job's token",
      description: 'Token that makes the check; it needs checks: write, and security-events: write for code-scanning.',
    }),
    ...machineInputs,
  },
  outputs: {
    result: { description: 'passed, or failed.' },
    errors: { description: 'How many findings are errors (overridden ones not counted).' },
    warnings: { description: 'How many findings are warnings (overridden ones not counted).' },
    findings: { description: 'How many findings there are in all (overridden ones not counted).' },
    'new-findings': { description: 'How many of them were not there before; empty when nothing was compared.' },
    'fixed-findings': { description: 'How many findings of before are gone; empty when nothing was compared.' },
    placed: { description: 'How many of them stand on the very line (or file, where all of it does) that causes them.' },
    report: { description: 'Path of the JSON report, when one was asked for.' },
    sarif: { description: 'Path of the SARIF file, when one was asked for.' },
    junit: { description: 'Path of the JUnit file, when one was asked for.' },
  },
  permissions: [
    { permission: 'contents: read', reason: 'to find the source line of a finding' },
    { permission: 'checks: write', reason: 'optional: to show all findings on their lines; without it GitHub shows ten of each level' },
    { permission: 'security-events: write', reason: 'only with code-scanning: to make alerts of the findings' },
  ],
  root: 'clean machines are mounted and started by root only',
  errors: [
    'E_INPUT',
    'E_FORK',
    'E_HOST',
    'E_PATH',
    'E_CONFIG',
    'E_BASELINE',
    'E_MANIFEST',
    'E_DIGEST',
    'E_CONTROL',
    'E_DISTRIBUTION',
    'E_TOOL_MISSING',
    'E_ENGINE',
    'E_BASE_SYSTEM',
    'E_DEB',
    'E_BOMB',
    'E_LINT',
    'E_LINT_INCOMPLETE',
    'E_TIMEOUT',
    'E_TOKEN',
    'E_GITHUB',
    'E_RATE',
  ],
});
