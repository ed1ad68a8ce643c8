import { defineAction, list, text } from '@release-kit/action';

export const spec = defineAction({
  name: 'pipeline-gate',
  description: 'Says in one sentence what came of the jobs before it, and fails when one of them did not do its part.',
  inputs: {
    needs: text({ description: 'The jobs and what came of them: toJSON(needs).' }),
    required: list({
      default: [],
      description: 'Jobs that must have succeeded, one per line; others may have been skipped.',
    }),
  },
  outputs: {
    result: { description: 'The sentence.' },
  },
  permissions: [],
  errors: ['E_INPUT', 'E_PIPELINE'],
});
