import { expect, test } from '@jest/globals';
import type { ManifestFile } from '@release-kit/manifest';
import type { TargetResult } from '../target.ts';
import { smokeReport, smokeSummary } from './smoke-result.ts';

const deb: ManifestFile = {
  kind: 'deb',
  ...{ path: 'hello_1.0_amd64.deb', size: 1, sha256: '0'.repeat(64), package: 'hello', version: '1.0' },
  ...{ architecture: 'amd64', distribution: 'debian:12' },
};
const track: TargetResult['tracks'][number] = {
  name: 'life cycle',
  outcome: 'failed',
  steps: [
    { name: 'install', result: 'passed', milliseconds: 1234, note: 'hello', problems: [] },
    { name: 'leftovers', result: 'failed', milliseconds: 90, note: 'a | b <i>', problems: [] },
  ],
  problems: [{ category: 'left-behind', message: '/x stayed', cure: 'Remove it.', evidence: '/x\n```\n::error::' }],
  units: [{ unit: 'hello.service', outcome: 'up', after: 10 }],
  leftovers: { found: [{ kind: 'path', what: '/x', below: 0, cure: 'Remove it.' }], accounts: ['user hello'], noted: [] },
  figures: {},
  previousFigures: {},
};
const target = { name: 'debian:12/amd64', distribution: 'debian:12', architecture: 'amd64', builtFor: 'debian:12' };
const result: TargetResult = { target: { ...target, image: undefined, debs: [deb] }, outcome: 'failed', tracks: [track], problems: [] };

test('the summary is a table of the steps, and the evidence of each problem in a block it cannot leave', () => {
  expect(smokeSummary(result)).toBe(
    [
      '### Installed on debian:12/amd64: failed',
      '',
      '`hello 1.0`',
      '',
      '| | Step | Time | Result |',
      '|---|---|---|---|',
      '| ✅ | install | 1.2 s | hello |',
      '| ❌ | leftovers | 0.1 s | a \\| b &lt;i&gt; |',
      '',
      '**E_SMOKE_LEFTOVER** /x stayed. Remove it.',
      '',
      '````',
      '/x',
      '```',
      '\\::error::',
      '````',
      '',
    ].join('\n'),
  );
});

test('without problems it says passed', () => {
  expect(smokeSummary({ ...result, outcome: 'passed' })).toMatch(/^### Installed on debian:12\/amd64: passed\n/);
});

test('the report holds all of it', () => {
  expect(JSON.parse(smokeReport([result]))).toMatchObject({
    schema: 2,
    result: 'failed',
    targets: [{ packages: [{ name: 'hello' }], tracks: [{ leftovers: { accounts: ['user hello'] } }] }],
  });
});
