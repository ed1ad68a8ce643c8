import { runOnRunner } from '@release-kit/action';
import { runnerArtifacts } from '@release-kit/action/runner-artifacts';
import { run } from './run.ts';
import { spec } from './spec.ts';

await runOnRunner(spec, run, { artifacts: runnerArtifacts });
