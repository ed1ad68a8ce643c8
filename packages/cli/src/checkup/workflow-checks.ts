import { inertLine, nearest } from '@release-kit/action';
import { type CalledName, type CalledWorkflow, calledNames } from './called-workflow.ts';
import type { Finding } from './finding.ts';
import { missingPermissions, needlessPermissions } from './permission-need.ts';
import { stepChecks } from './step-checks.ts';
import { triggerChecks } from './trigger-checks.ts';
import type { WorkflowDocument, WorkflowJob } from './workflow-document.ts';

/** A job that calls one of our workflows. */
export interface Call {
  readonly job: WorkflowJob;
  readonly name: CalledName;
  /** Branch, tag or SHA. */
  readonly ref: string;
}

/** The jobs of a workflow that call release-kit, whoever's copy of it. */
export function callsIn({ jobs }: WorkflowDocument): readonly Call[] {
  return jobs.flatMap((job) => {
    const [, file, ref = ''] = /^[^/]+\/release-kit\/\.github\/workflows\/([a-z-]+)\.ya?ml@(.+)$/.exec(job.uses) ?? [];
    const name = calledNames.find((one) => one === file);
    return name === undefined ? [] : [{ job, name, ref }];
  });
}

/** All that can be told of a workflow which calls release-kit, or takes its actions; nothing of other workflows. */
export function workflowChecks(document: WorkflowDocument, known: ReadonlyMap<CalledName, CalledWorkflow>): readonly Finding[] {
  const calls = callsIn(document);
  const steps = document.jobs.flatMap(({ steps: all }) => all.filter(({ uses }) => isOurs(uses)));
  if (calls.length === 0 && steps.length === 0) return [];
  const findings = [
    ...triggerChecks(document, calls),
    ...calls.flatMap((call) => callChecks(call, known)),
    ...document.jobs.flatMap(stepChecks),
    ...steps.flatMap(({ uses, place }) => refCheck(uses.split('@')[1] ?? '', place)),
  ];
  if (findings.some(({ level }) => level === 'bad')) return findings;
  return [...findings, { name: 'workflow', level: 'good', finding: callsText(calls), place: { file: document.file } }];
}

function callsText(calls: readonly Call[]): string {
  if (calls.length === 0) return 'its triggers and its actions of release-kit fit';
  return `its triggers fit, and permissions, inputs and secrets fit ${calls.map(({ name }) => name).join(' and ')}`;
}

const isOurs = (uses: string): boolean => /^[^/]+\/release-kit(?:\/[a-z-]+)?@/.test(uses);

function callChecks({ job, name, ref }: Call, known: ReadonlyMap<CalledName, CalledWorkflow>): readonly Finding[] {
  const called = known.get(name);
  if (called === undefined) return [];
  return [
    ...refCheck(ref, job.placeOf('uses')),
    ...permissionChecks(job, name, called),
    ...nameChecks('input', job.with, called.inputs, job.placeOf.bind(job, 'with'), name),
    ...secretChecks(job, name, called),
  ];
}

function refCheck(ref: string, place: Finding['place'] & object): readonly Finding[] {
  if (/^[0-9a-f]{40}$/.test(ref)) return [];
  if (/^v\d+(?:\.\d+\.\d+(?:-[\w.]+)?)?$/.test(ref))
    return [
      {
        name: 'pin',
        level: 'note',
        finding: `${inertLine(ref)} is a tag, which its owner can move; the full SHA of a release pins all of it`,
        place,
      },
    ];
  const finding = `${inertLine(ref)} is a branch or a part of a SHA: what runs here can change at any time`;
  return [{ name: 'pin', level: 'bad', finding, place, cure: 'Name a release (v1, v1.2.3) or the full SHA of one.' }];
}

function permissionChecks(job: WorkflowJob, name: CalledName, { permissions }: CalledWorkflow): readonly Finding[] {
  const place = job.placeOf('permissions');
  if (job.permissions === undefined)
    return [
      {
        name: 'permissions',
        level: 'bad',
        finding: `the job ${inertLine(job.id)} says none, so it has what the settings of the repository give`,
        place,
        cure: `Write below the job:\n${permissionLines(Object.entries(permissions).map(([scope, level]) => `${scope}: ${level}`))}`,
      },
    ];
  const missing = missingPermissions(job.permissions, permissions);
  const needless = needlessPermissions(job.permissions, permissions);
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            name: 'permissions',
            level: 'bad' as const,
            finding: `the job ${inertLine(job.id)} does not grant ${missing.join(', ')}, which ${name} needs: GitHub does not start it`,
            place,
            cure: `Add below the job:\n${permissionLines(missing)}`,
          },
        ]),
    ...(needless.length === 0
      ? []
      : [
          {
            name: 'permissions',
            level: 'note' as const,
            finding: `${needless.map(inertLine).join(', ')}: ${name} takes no use of it`,
            place,
          },
        ]),
  ];
}

const permissionLines = (lines: readonly string[]): string =>
  lines.length === 0 ? '    permissions: {}' : ['    permissions:', ...lines.map((line) => `      ${line}`)].join('\n');

function secretChecks(job: WorkflowJob, name: CalledName, { secrets }: CalledWorkflow): readonly Finding[] {
  const place = job.placeOf('secrets');
  if (job.secrets === 'inherit') {
    const named = Object.keys(secrets).join(', ');
    const cure = named === '' ? 'Take the line out.' : `Name what it takes instead: ${named}.`;
    return [{ name: 'secrets', level: 'bad', finding: `inherit gives every secret of this repository to ${name}`, place, cure }];
  }
  const found = nameChecks('secret', job.secrets, secrets, job.placeOf.bind(job, 'secrets'), name);
  if (found.length > 0 || name !== 'release' || 'signing_key' in job.secrets) return found;
  const finding = 'no signing_key is handed over: it must be the secret SIGNING_KEY of the environment that signs';
  return [{ name: 'secrets', level: 'note', finding, place }];
}

function nameChecks(
  kind: 'input' | 'secret',
  given: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, boolean>>,
  placeOf: WorkflowJob['placeOf'],
  called: CalledName,
): readonly Finding[] {
  const known = Object.keys(declared);
  // GitHub compares these names without regard to case.
  const has = (names: readonly string[], wanted: string): boolean => names.some((name) => name.toLowerCase() === wanted.toLowerCase());
  const unknown = Object.keys(given).filter((name) => !has(known, name));
  const missing = known.filter((name) => declared[name] === true && !has(Object.keys(given), name));
  const name = `${kind}s`;
  return [
    ...unknown.map((one): Finding => {
      const near = nearest(one, known);
      const cure = near === undefined ? `It takes: ${known.join(', ')}.` : `Did you mean ${near}?`;
      return { name, level: 'bad', finding: `${called} takes no ${kind} ${inertLine(one)}`, place: placeOf(one), cure };
    }),
    ...missing.map(
      (one): Finding => ({
        name,
        level: 'bad',
        finding: `${called} needs the ${kind} ${one}`,
        place: placeOf(),
        cure: `Give it below the job.`,
      }),
    ),
  ];
}
