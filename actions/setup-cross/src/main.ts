import { runOnRunner } from '@release-kit/action';
import { runnerCache } from '@release-kit/action/runner-cache';
import { post } from './post.ts';
import { run } from './run.ts';
import { spec } from './spec.ts';

await runOnRunner(spec, run, { remoteCache: runnerCache }, post);
