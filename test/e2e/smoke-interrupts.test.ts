/** @alone: kills whole runs; what they leave is swept, and told, by whichever run comes next. */
import { test } from '@jest/globals';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { interruptSmoke } from '../support/smoke-interrupts.ts';

/** RELEASE_KIT_SEED repeats a run that failed. */
const seed = Number(process.env['RELEASE_KIT_SEED'] ?? Date.now() % 1_000_000);

describeWithMachines('release-kit smoke on two systems at a time', () => {
  test('six interrupts at random moments leave nothing', async () => {
    await using host = await machineHost();
    await interruptSmoke(host, { count: 6, seed, sideBySide: 2 });
  }, 600_000);
});
