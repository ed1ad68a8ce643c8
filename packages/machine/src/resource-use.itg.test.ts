import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from './index.ts';
import { able, cache } from './testing/traces.ts';

const contract = able ? describe : describe.skip;
const mebibyte = 1024 * 1024;

contract('usage of a real machine', () => {
  test('counts what its commands used, and nothing before they ran', async () => {
    await using host = await recordingHost({ cache });
    const base = await prepareBase(host, {
      distribution: parseDistribution('debian:12'),
      architecture: 'amd64',
      packages: basePackages.build,
    });
    await using machine = await createMachine(host, base, 'nspawn');
    const before = await machine.usage();
    // Half a second of one processor by its own count, and 60 MiB at once.
    await machine.run(['perl', '-e', 'my $x = "x" x (60 * 1024 * 1024); 1 while (times)[0] < 0.5; print length $x']);
    const after = await machine.usage();
    if (before?.cpuSeconds === undefined || after?.cpuSeconds === undefined) throw new Error('no processor time is counted');
    expect(after.cpuSeconds - before.cpuSeconds).toBeGreaterThanOrEqual(0.5);
    // Without the memory controller (a runner's service may have none to give) there is no peak to read.
    if (after.peakMemory !== undefined) expect(after.peakMemory).toBeGreaterThan(60 * mebibyte);
    expect(after).toMatchObject({ networkReceived: 0, networkSent: 0 });
  }, 120_000);
});
