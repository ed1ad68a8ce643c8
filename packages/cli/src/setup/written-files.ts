import { inertLine } from '@release-kit/action';
import type { Choices, WorkflowName } from './choices.ts';
import type { Survey, SurveyedPackage } from './survey.ts';

/** A file that init writes. */
export interface WrittenFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** `owner/name@ref` and a branch in the place of those that the template has. */
export function workflowFile(name: WorkflowName, template: string, { branch, uses, publicKey }: Choices): WrittenFile {
  const [repository = '', ref = ''] = uses.split('@');
  const isPinned = /^[0-9a-f]{40}$/.test(ref);
  const text = template
    .replace(/release-kit\/release-kit\/(\.github\/workflows\/[a-z-]+\.yml)@v1/, (_, path: string) => `${repository}/${path}@${ref}`)
    .replace(/^ *# v1 moves with .*\n/m, (line) => (isPinned ? '' : line.replace('v1 moves', `${ref} moves`)))
    .replace('branches: [main]', () => `branches: [${branch}]`)
    .replace(/# with:\n( +)# ( *)public-key: \S+/, (match, blanks: string) =>
      publicKey === undefined ? match : `with:\n${blanks}  public-key: ${publicKey}`,
    );
  return { path: `.github/workflows/release-kit-${name}.yml`, text };
}

/** release-kit.yml of what was found and chosen; what is left out has a default. */
export function configurationFile(survey: Survey, { architectures, distributions }: Choices): WrittenFile {
  const isPlain = survey.packages.length === 1 && survey.packages[0]?.folder === '.';
  const packages = isPlain
    ? []
    : [
        '# Folders that hold debian/, in any order: what needs another is built after it.',
        'packages:',
        ...survey.packages.map(packageLine),
        '',
      ];
  return {
    path: 'release-kit.yml',
    text: `${[...head, ...packages, ...targets(architectures, distributions), ...checks(survey)].join('\n')}\n`,
  };
}

const head = [
  '# Configuration of release-kit. Everything has a default: `release-kit config` shows all of it, and release-kit.schema.json',
  '# of release-kit lets an editor complete and check this file.',
  '',
];

function packageLine({ folder, languages }: SurveyedPackage): string {
  return `  - path: ${scalar(folder)}${languages.length === 0 ? '' : ` # ${languages.join(', ')}`}`;
}

function targets(architectures: readonly string[], distributions: readonly string[]): readonly string[] {
  return [
    "# By Debian's names; arm64 is a Raspberry Pi 5. What no runner builds natively is built by cross compilers.",
    `architectures: [${architectures.join(', ')}]`,
    '',
    '# The oldest systems that users have: packages that were built on an older one mostly run on newer ones.',
    `distributions: [${distributions.join(', ')}]`,
    '',
    '# Runners, where the usual one is not right: a label, or a list of labels that must all match.',
    '# runners:',
    '#   arm64: [self-hosted, raspberry-pi-5]',
    '',
  ];
}

function checks({ packages }: Survey): readonly string[] {
  const unit = packages.flatMap(unitsOf)[0];
  const command = `${packages[0]?.source ?? 'hello'} --version`;
  const services = [
    '#   services:',
    `#     - unit: ${unit ?? 'hello.service'}`,
    '#       healthy: { http: "http://127.0.0.1:8080/", within: 10s }',
  ];
  return [
    'lint:',
    '  fail-on: error # or warning, once there are none',
    '',
    '# How the installed packages are tried, beside what is always tried: units become active, upgrade, removal, purge.',
    '# smoke:',
    `#   commands: ["${command}"]`,
    ...services,
  ];
}

/** Units that debhelper installs (dh_installsystemd(1)): debian/<package>.service, debian/<package>.<name>.service. */
function unitsOf({ debianFiles, source }: SurveyedPackage): readonly string[] {
  return debianFiles
    .filter((name) => name.endsWith('.service') && !name.endsWith('@.service') && /^[\w.-]+$/.test(name))
    .map((name) => (name === 'service' ? `${source}.service` : name.split('.').slice(-2).join('.')));
}

/** Plain where YAML takes it as the text it is. */
function scalar(text: string): string {
  return /^[A-Za-z0-9._][A-Za-z0-9._/-]*$/.test(text) ? text : JSON.stringify(inertLine(text));
}
