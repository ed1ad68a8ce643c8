import { runOnRunner } from '@release-kit/action';
import { compileQuickly } from './engine-flags.ts';
import { run } from './run.ts';
import { spec } from './spec.ts';

compileQuickly();
await runOnRunner(spec, run);
