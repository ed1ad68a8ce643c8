import { expect, test } from '@jest/globals';
import { sh } from './commands.test-support.ts';
import { recordingHost } from './recording-host.ts';

const rest = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('bytes arrive as they are, nothing is kept, and standard error is read by lines', async () => {
  await using host = await recordingHost();
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 256);
  const chunks: Uint8Array[] = [];
  const lines: string[] = [];
  const result = await host.exec(sh('cat; echo note >&2'), {
    stdin: bytes,
    onStdout: (chunk) => void chunks.push(chunk),
    onLine: (line, stream) => lines.push(`${stream}:${line}`),
  });
  expect(Buffer.concat(chunks).equals(Buffer.from(bytes))).toBe(true);
  expect(result).toEqual({ exitCode: 0, stdout: '', stderr: 'note\n' });
  expect(lines).toEqual(['stderr:note']);
});

test('there may be more than is ever kept, and the command waits for whoever is slow', async () => {
  await using host = await recordingHost();
  let open = 0;
  let most = 0;
  let length = 0;
  await host.exec(sh('head -c 70000000 /dev/zero'), {
    onStdout: async (chunk) => {
      open += 1;
      most = Math.max(most, open);
      length += chunk.length;
      if (length % 7 === 0) await rest(1);
      open -= 1;
    },
  });
  expect({ length, most }).toEqual({ length: 70_000_000, most: 1 });
});

test('what a command that is gone wrote last is taken, however long that takes', async () => {
  await using host = await recordingHost();
  let text = '';
  await host.exec(sh('head -c 150000 /dev/zero; printf end'), {
    onStdout: async (chunk) => {
      // Longer than what holds the pipe of an ended command is usually given.
      if (text === '') await rest(2500);
      text += Buffer.from(chunk).toString('latin1');
    },
  });
  expect(text.length).toBe(150_003);
  expect(text.endsWith('end')).toBe(true);
}, 30_000);

test.each([
  [
    'at once',
    () => {
      throw new Error('parser broke');
    },
  ],
  ['later', () => rest(20).then(() => Promise.reject(new Error('parser broke')))],
])('an error of whoever takes it, %s, ends the command and comes back', async (_, onStdout) => {
  await using host = await recordingHost();
  await expect(host.exec(sh('while :; do echo x; done'), { onStdout })).rejects.toThrow('parser broke');
});

test.each(['signal', 'timeout'])('a command that waits for its taker ends by %s', async (how) => {
  await using host = await recordingHost();
  const stop = new AbortController();
  let chunks = 0;
  const running = host.exec(sh('while :; do echo x; done'), {
    onStdout: () => {
      chunks += 1;
      if (how === 'signal') setTimeout(() => stop.abort(), 20);
      return new Promise<void>(() => {});
    },
    signal: stop.signal,
    ...(how === 'timeout' ? { timeout: 300 } : {}),
  });
  await expect(running).rejects.toThrowWithCode(how === 'signal' ? 'E_CANCELLED' : 'E_TIMEOUT');
  expect(chunks).toBe(1);
});

test('a failure is told with the last lines of standard error', async () => {
  await using host = await recordingHost();
  const failing = host.exec(sh('echo out; echo why >&2; exit 3'), { onStdout: () => {} });
  await expect(failing).rejects.toMatchObject({ code: 'E_COMMAND', failure: { exitCode: 3, lastLines: ['why'] } });
});
