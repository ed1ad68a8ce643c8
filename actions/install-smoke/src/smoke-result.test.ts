import { expect, test } from '@jest/globals';
import { type SmokeResult, smokeReport, smokeSummary } from './smoke-result.ts';

const result: SmokeResult = {
  distribution: 'debian:12',
  packages: [{ name: 'hello', version: '1.0' }],
  steps: [
    { name: 'install', result: 'passed', milliseconds: 1234, note: 'hello' },
    { name: 'leftovers', result: 'failed', milliseconds: 90, note: 'a | b <i>' },
  ],
  problems: [{ code: 'E_SMOKE_LEFTOVER', message: '/x stayed', cure: 'Remove it.', evidence: '/x\n```\n::error::' }],
  units: [{ unit: 'hello.service', outcome: 'up', after: 10 }],
  leftovers: { found: [{ kind: 'path', what: '/x', below: 0, cure: 'Remove it.' }], accounts: ['user hello'] },
};

test('the summary is a table of the steps, and the evidence of each problem in a block it cannot leave', () => {
  expect(smokeSummary(result)).toBe(
    [
      '### Installed on debian:12: failed',
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
  expect(smokeSummary({ ...result, problems: [] })).toMatch(/^### Installed on debian:12: passed\n/);
});

test('the report holds all of it', () => {
  expect(JSON.parse(smokeReport(result))).toMatchObject({
    schema: 1,
    result: 'failed',
    packages: [{ name: 'hello' }],
    leftovers: { accounts: ['user hello'] },
  });
});
