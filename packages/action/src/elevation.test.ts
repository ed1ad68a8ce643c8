import { expect, test } from '@jest/globals';
import { sudoCommand } from './elevation.ts';
import { runProbe } from './testing/runner-probe.ts';

test('sudo is told no variable but PATH and HOME by name: it writes them into its log', () => {
  const env = { PATH: '/usr/bin', HOME: '/home/runner', INPUT_KEY: 'secret text', ACTIONS_RUNTIME_TOKEN: 'token' };
  expect(sudoCommand(env)).toEqual(['sudo', '-n', '-E', '--', 'env', 'PATH=/usr/bin', 'HOME=/home/runner', 'RELEASE_KIT_LIFELINE=1']);
});

const waits = `
  await using told = { async [Symbol.asyncDispose]() { host.log.info('cleaned') } };
  host.log.info('ready'); await host.clock.sleep(20000);
  return { first: '', secondOne: '' }`;

test('the second program ends as by an interrupt when the first closes its standard input', async () => {
  const { exitCode, stdout } = await runProbe(waits, { RELEASE_KIT_LIFELINE: '1' }, (text, { hangUp }) => {
    if (text.includes('ready')) hangUp();
  });
  expect(exitCode).toBe(130);
  expect(stdout).toMatch(/cleaned\n::error title=probe%3A E_CANCELLED::interrupted/);
});

test('an open standard input keeps nobody from ending', async () => {
  const { exitCode } = await runProbe(`return { first: '', secondOne: '' }`, { RELEASE_KIT_LIFELINE: '1' });
  expect(exitCode).toBe(0);
});

test('a run without a lifeline does not look at its standard input', async () => {
  const { exitCode } = await runProbe(
    `host.log.info('ready'); await host.clock.sleep(300); return { first: '', secondOne: '' }`,
    {},
    (text, { hangUp }) => {
      if (text.includes('ready')) hangUp();
    },
  );
  expect(exitCode).toBe(0);
});
