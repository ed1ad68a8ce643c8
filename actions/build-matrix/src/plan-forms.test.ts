import { expect, test } from '@jest/globals';
import type { Job } from './job.ts';
import { planJson } from './plan-json.ts';
import { planMermaid } from './plan-mermaid.ts';
import { planLines, planTable, reasonTable } from './plan-table.ts';
import { testPackage } from './test-package.ts';

const job: Job = {
  name: 'p0-debian-12-amd64',
  path: 'p0',
  package: 'p0',
  distribution: 'debian:12',
  architecture: 'amd64',
  strategy: 'native',
  runner: 'ubuntu-24.04',
  'build-all': true,
  source: true,
  smoke: true,
  'version-suffix': '',
  cost: 1,
  artifact: 'p0-debian-12-amd64',
  stage: 1,
  needs: '',
};
const evil = '"]; click x "javascript:1" ##[b]\u001b`|';
const plan = {
  jobs: [job, { ...job, architecture: 'arm64', strategy: 'auto', runner: ['self-hosted', evil], 'build-all': false, cost: 1.1 } as const],
  choices: [
    { package: testPackage('p0'), built: true, reason: `${evil} changed` },
    { package: testPackage('p1'), built: false, reason: 'no file of it changed' },
  ],
  skipped: ['p0 for armhf: its packages are for amd64'],
};

test('the plan is shown in columns, with hostile labels inert', () => {
  expect(planLines(plan.jobs)[1]).toBe(
    'p0       p0    debian:12     amd64         native    ubuntu-24.04                                          1     yes',
  );
  expect(planLines(plan.jobs)[2]).toContain('#\\#[b]\\x1b');
});

test('stages are a column of their own where there is more than one', () => {
  const staged = [job, { ...job, stage: 2 }];
  expect(planLines([job])[0]).not.toContain('Stage');
  expect(planLines(staged).map((line) => line.split(/ {2,}/).at(-1))).toEqual(['Stage', '1', '2']);
  expect(planTable({ ...plan, jobs: staged })).toMatch(/\| Stage \|\n.*\n.*\| `1` \|\n.*\| `2` \|\n$/);
});

test('the reasons are shown in Markdown that stays a table', () => {
  const text = reasonTable(plan);
  expect(text).toContain('| `p1` | `p1` | `no` | `no file of it changed` |');
  expect(text).toContain('- `p0 for armhf: its packages are for amd64`');
  const cells = text.split('\n').find((line) => line.includes('javascript'));
  expect(cells?.match(/(?<!\\)\|/g)).toHaveLength(5);
});

test('the plan as JSON has jobs, packages with their reasons, and what is left out', () => {
  expect(JSON.parse(planJson(plan))).toMatchObject({
    cost: 2.1,
    jobs: plan.jobs,
    packages: [
      { name: 'p0', built: true },
      { name: 'p1', path: 'p1', source: 'p1', built: false, reason: 'no file of it changed' },
    ],
    skipped: plan.skipped,
  });
});

test('the plan as Mermaid is a chart whose labels no name can leave', () => {
  expect(planMermaid(plan)).toBe(
    [
      'flowchart LR',
      '  p0["p0"]',
      '  p0d0["debian:12"]',
      '  p0 --> p0d0',
      '  p0d0 --> p0d0j0["amd64 #43; all<br>native on ubuntu-24.04"]'.replace('#43;', '+'),
      '  p0d0 --> p0d0j1["arm64<br>auto on self-hosted, #34;#93;#59; click x #34;javascript:1#34; #35;#35;#91;b#93;#27;#96;#124;"]',
      '',
    ].join('\n'),
  );
});
