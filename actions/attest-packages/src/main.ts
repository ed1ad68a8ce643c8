import { runOnRunner } from '@release-kit/action';
import { run } from './run.ts';
import { spec } from './spec.ts';

await runOnRunner(spec, run);
