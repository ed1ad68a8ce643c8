import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { buildRecord } from './build-record.ts';

/** A machine whose counter of processor time goes up by one each time it is read. */
function countingMachine() {
  let cpuSeconds = 0;
  const rest = { peakMemory: undefined, diskRead: undefined, diskWritten: undefined, networkReceived: 0, networkSent: 0 };
  return { usage: () => Promise.resolve({ cpuSeconds: cpuSeconds++, ...rest }) };
}

test('phases follow from the output; each has what the machine used between its ends', async () => {
  await using host = await recordingHost();
  await using record = buildRecord(host);
  record.enter('unpack', countingMachine());
  for (const line of [
    ' dpkg-source --before-build .',
    ' debian/rules binary',
    'dh binary',
    '   dh_auto_configure',
    '   dh_auto_build',
    'cc -o x',
  ])
    record.take(line);
  expect(record.where).toBe('build (dh_auto_build)');
  await record.leave();
  const uses = await record.uses();
  expect(uses.map(({ phase, cpuSeconds }) => [phase, cpuSeconds])).toEqual([
    ['unpack', 1],
    ['configure', 1],
    ['build', 2],
  ]);
  expect(host.recorded.lines.filter((line) => line.startsWith('▸'))).toEqual(['▸ Configure', '▸ Build']);
});

test('what apt prints begins no phase', async () => {
  await using host = await recordingHost();
  await using record = buildRecord(host);
  record.enter('dependencies', countingMachine());
  record.take('   dh_auto_build');
  await record.leave();
  expect((await record.uses()).map(({ phase }) => phase)).toEqual(['dependencies']);
  expect(record.where).toBe('dependencies');
});

test('a machine that counts nothing, or cannot be asked any more, is no error', async () => {
  await using host = await recordingHost();
  await using record = buildRecord(host);
  expect(record.where).toBeUndefined();
  record.enter('unpack', { usage: () => Promise.reject(new Error('gone')) });
  await record.leave();
  expect(await record.uses()).toEqual([{ phase: 'unpack', seconds: expect.any(Number) }]);
});
