import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { readUse, trafficMeter, trafficOf, useOf } from './resource-use.ts';

const none = { received: 0, sent: 0 };

// Captured on a host with the unified layout.
const unified = {
  'cpu.stat': 'usage_usec 2513873\nuser_usec 1781325\nsystem_usec 732547\nnr_periods 0\n',
  'memory.peak': '187232256\n',
  'io.stat': '254:0 rbytes=4096 wbytes=1048576 rios=1 wios=7 dbytes=0 dios=0\n7:0 rbytes=10 wbytes=0 rios=1 wios=0 dbytes=0 dios=0\n',
} as const;

// Captured on a host with the older layout.
const older = {
  'cpuacct.usage': '1500000000\n',
  'memory.max_usage_in_bytes': '52428800\n',
  'blkio.throttle.io_service_bytes_recursive':
    '254:0 Read 8192\n254:0 Write 16384\n254:0 Sync 24576\n254:0 Async 0\n254:0 Discard 0\n254:0 Total 24576\nTotal 24576\n',
} as const;

test('counters of both layouts are read', () => {
  expect(useOf(unified, { received: 5, sent: 6 })).toEqual({
    cpuSeconds: 2.513873,
    peakMemory: 187_232_256,
    diskRead: 4106,
    diskWritten: 1_048_576,
    networkReceived: 5,
    networkSent: 6,
  });
  expect(useOf(older, none)).toMatchObject({ cpuSeconds: 1.5, peakMemory: 52_428_800, diskRead: 8192, diskWritten: undefined });
});

test('what is not counted is undefined, which is not zero', () => {
  expect(useOf({}, none)).toMatchObject({ cpuSeconds: undefined, peakMemory: undefined, diskRead: undefined, diskWritten: undefined });
  expect(useOf({ 'memory.peak': 'max\n', 'io.stat': '' }, none)).toMatchObject({ peakMemory: undefined, diskRead: 0 });
});

test('counters may be spread over several groups', async () => {
  await using host = await recordingHost();
  const [first, second] = [join(host.files.workspace, 'a'), join(host.files.workspace, 'b')];
  await mkdir(first);
  await mkdir(second);
  await writeFile(join(first, 'cpu.stat'), unified['cpu.stat']);
  await writeFile(join(second, 'memory.max_usage_in_bytes'), older['memory.max_usage_in_bytes']);
  expect(await readUse([first, second, join(host.files.workspace, 'none')], none)).toMatchObject({
    cpuSeconds: 2.513873,
    peakMemory: 52_428_800,
    diskRead: undefined,
  });
});

test('loopback is no network', () => {
  const text = [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
    '    lo: 5288515761  182836    0    0    0     0          0         0 5288515761  182836    0    0    0     0       0          0',
    '  eth0:104805 260226    0    0    0     0          0         0 21297274  162918    0    0    0     0       0          0',
    '  eth1:     5 1    0    0    0     0          0         0 6  1    0    0    0     0       0          0',
  ].join('\n');
  expect(trafficOf(text)).toEqual({ received: 104_810, sent: 21_297_280 });
  expect(trafficOf('')).toEqual(none);
});

test('a failed command is measured as well', async () => {
  const meter = trafficMeter();
  await expect(meter.measure(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(meter.total().received).toBeGreaterThanOrEqual(0);
});
