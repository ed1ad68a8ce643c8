import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { hostsBeside } from './beside.ts';

const moment = () => new Promise((resolve) => setImmediate(resolve));

/** As a runner does: what is said while a group is open stands in it. */
function withClosedGroups(host: RecordingHost): RecordingHost {
  return {
    ...host,
    log: {
      ...host.log,
      async group(title, body) {
        host.log.info(`[ ${title}`);
        const result = await body();
        await moment();
        host.log.info(']');
        return result;
      },
    },
  };
}

test('each line says whose it is, and a group stays in one piece whatever others say meanwhile', async () => {
  await using plain = await recordingHost();
  const hostFor = hostsBeside(withClosedGroups(plain));
  using a = hostFor('debian:12/amd64');
  using b = hostFor('debian:13/amd64');
  a.log.info('booted');
  await Promise.all([
    a.log.group('what was seen', async () => {
      a.log.info('  | one');
      await moment();
      a.log.detail('  | two');
    }),
    (async () => {
      b.log.info('booted');
      await moment();
      await b.log.group('an answer', async () => b.log.info('  | three'));
      // While the groups of both are being told.
      for (let count = 0; count < 4; count += 1) {
        b.log.info('works');
        await moment();
      }
    })(),
  ]);
  const { lines } = plain.recorded;
  expect(lines.slice(0, 2)).toEqual(['debian:12/amd64: booted', 'debian:13/amd64: booted']);
  const text = lines.join('\n');
  expect(text).toContain('[ debian:12/amd64: what was seen\n  | one\n  | two\n]');
  expect(text).toContain('[ debian:13/amd64: an answer\n  | three\n]');
  expect(lines.filter((line) => line === 'debian:13/amd64: works')).toHaveLength(4);
  expect(lines).toHaveLength(13);
});

test('what was said in a group comes out although the group fails, and one inside another becomes lines of it', async () => {
  await using plain = await recordingHost();
  using a = hostsBeside(withClosedGroups(plain))('');
  const failing = a.log.group('outer', async () => {
    a.log.info('first');
    await a.log.group('inner', async () => a.log.info('second'));
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(plain.recorded.lines).toEqual(['[ outer', 'first', 'inner', 'second', ']']);
});

test('the line of progress tells what each does, until it is done', async () => {
  await using plain = await recordingHost();
  const hostFor = hostsBeside(plain);
  {
    using a = hostFor('one');
    using b = hostFor('two');
    a.progress.update('boot');
    b.progress.update('install');
    expect(plain.recorded.updates.at(-1)).toBe('one: boot · two: install');
  }
  expect(plain.recorded.updates.at(-1)).toBe('');
});

test('what a command prints to the log is of its work too', async () => {
  await using plain = await recordingHost();
  using a = hostsBeside(plain)('one');
  const seen: string[] = [];
  await a.exec(['echo', '::error::x'], { output: 'log', onLine: (line) => seen.push(line) });
  await a.exec(['echo', 'quiet']);
  expect({ seen, lines: plain.recorded.lines }).toEqual({ seen: ['::error::x'], lines: ['one: ::error::x'] });
});
