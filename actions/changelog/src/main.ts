import { runOnRunner } from '@release-kit/action';
import { compileQuickly } from './compilation.ts';
import { run } from './run.ts';
import { spec } from './spec.ts';

compileQuickly();
await runOnRunner(spec, run);
