import { test } from '@jest/globals';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { interruptSmoke } from '../support/smoke-interrupts.ts';

/** RELEASE_KIT_SEED repeats a run that failed. */
const seed = Number(process.env['RELEASE_KIT_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['RELEASE_KIT_INTERRUPTS'] ?? 50);

describeWithMachines('release-kit smoke on two systems at a time', () => {
  test(`${count} interrupts at random moments leave nothing, seed ${seed}`, async () => {
    await using host = await machineHost();
    await interruptSmoke(host, { count, seed, sideBySide: 3 });
  }, 1_800_000);
});
