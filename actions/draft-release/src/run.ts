import type { Host } from '@release-kit/action';
import { parseTag } from '@release-kit/debian';
import { draftMode } from './draft-mode.ts';
import type { ReleaseOutputs } from './execution.ts';
import type { Inputs } from './settings.ts';

/** Brings one release to where it should be: a complete draft, or published, or taken back. Every mode may be repeated. */
export async function run(inputs: Inputs, host: Host): Promise<ReleaseOutputs> {
  parseTag(inputs.tag);
  const { mode } = inputs;
  switch (mode) {
    case 'draft':
      return await draftMode(inputs, host);
    case 'check': {
      const { checkMode } = await import('./check/check-mode.ts');
      return await checkMode(inputs, host);
    }
    case 'promote': {
      const { promoteMode } = await import('./promote/promote-mode.ts');
      return await promoteMode(inputs, host);
    }
    case 'rollback':
    case 'yank':
    case 'restore': {
      const { rollbackMode } = await import('./rollback/rollback-mode.ts');
      return await rollbackMode(inputs, mode, host);
    }
  }
}
