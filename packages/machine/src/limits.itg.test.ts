import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { hostLimits } from './control-group.ts';
import { basePackages, prepareBase } from './index.ts';
import { createNspawnMachine } from './nspawn-machine.ts';
import { able, cache } from './testing/traces.ts';

/** The older layout gives every group its controllers; the unified one only where somebody has delegated them. */
const limited = able && existsSync('/sys/fs/cgroup/pids') ? describe : describe.skip;

/** Starts more processes than it may; 200 of them, so that a limit that does not hold harms nobody either. */
const bomb = 'i=0; while [ "$i" -lt 200 ]; do sleep 60 & i=$((i + 1)); done; echo "all started"; kill $(jobs -p)';

limited('a machine may have no more processes than its limit', () => {
  test.each(['plain', 'booted'] as const)(
    '%s: who asks for more is refused, and the machine works on',
    async (kind) => {
      await using host = await recordingHost({ cache });
      const base = await prepareBase(host, {
        distribution: parseDistribution('debian:12'),
        architecture: 'amd64',
        packages: basePackages.smoke,
      });
      await using machine = await createNspawnMachine(host, base, { limits: { ...(await hostLimits()), tasks: 100 } });
      await using booted = kind === 'booted' ? await machine.boot() : undefined;
      const { exitCode, stdout, stderr } = await (booted ?? machine).run(['sh', '-c', bomb], { allow: 'any', timeout: 30_000 });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/cannot fork/i);
      expect((await (booted ?? machine).run(['echo', 'alive'])).stdout).toBe('alive\n');
    },
    120_000,
  );
});
