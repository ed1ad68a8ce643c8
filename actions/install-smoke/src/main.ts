import { runOnRunner } from '@release-kit/action';
import { runnerArtifacts } from '@release-kit/action/runner-artifacts';
import { runnerCache } from '@release-kit/action/runner-cache';
import { run } from './run.ts';
import { spec } from './spec.ts';

await runOnRunner(spec, run, { remoteCache: runnerCache, artifacts: runnerArtifacts });
