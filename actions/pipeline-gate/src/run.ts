import { cell, code, type Host, type InputsOf, type OutputsOf, table, UserError } from '@release-kit/action';
import { type JobResult, readJobResults } from './job-result.ts';
import type { spec } from './spec.ts';
import { verdictOf } from './verdict.ts';

/** More jobs than a workflow may have. */
const cap = { rows: 256, bytes: 256 * 1024 };

/** Reads what came of the jobs, says it in one sentence, and fails where one did not do its part. */
export async function run({ needs, required }: InputsOf<typeof spec>, host: Host): Promise<OutputsOf<typeof spec>> {
  const jobs = readJobResults(needs);
  const { passed, sentence } = verdictOf(jobs, required);
  host.log.info(sentence);
  host.summary.add(`## ${passed ? '✅' : '❌'} ${cell(sentence)}\n${tableOf(jobs).join('\n')}\n`);
  if (!passed) throw new UserError('E_PIPELINE', sentence.replace(/\.$/, ''), { outputs: { result: sentence } });
  return { result: sentence };
}

function tableOf(jobs: readonly JobResult[]): readonly string[] {
  return table(
    ['Job', 'Result', ''],
    jobs,
    ({ name, outcome, sentence }) => [code(name), outcome, sentence === undefined ? '' : cell(sentence)],
    cap,
    'jobs',
  );
}
