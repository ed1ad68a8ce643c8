import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const module = fileURLToPath(new URL('./index.ts', import.meta.url));
const program = `
import { hasTerminal, recordingHost } from ${JSON.stringify(module)};
await using host = await recordingHost();
console.log('terminal ' + hasTerminal());
const ended = await host.exec(['sh', '-c', 'test -t 0 && test -t 1 && test -t 2 && read line && echo "<$line>"; exit 3'], { terminal: true, allow: 'any' })
  .catch((error) => error.code);
console.log(JSON.stringify(ended));`;
const argv = [process.execPath, '--conditions=release-kit:source', '--no-warnings', '--input-type=module', '--eval', program];

test('a command gets the terminal that the run was started from, and nothing of it is kept', () => {
  // script(1) makes a terminal; what is typed comes from its own input.
  const quoted = argv.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const shown = execFileSync('script', ['--quiet', '--return', '--command', quoted, '/dev/null'], { input: 'typed\n', encoding: 'utf8' });
  expect(shown).toMatch(/terminal true\r\n[\s\S]*<typed>\r\n/);
  expect(shown).toContain('{"exitCode":3,"stdout":"","stderr":""}');
});

test('without a terminal the command is not started', () => {
  const [file = '', ...args] = ['setsid', '--wait', ...argv];
  const shown = execFileSync(file, args, { input: '', encoding: 'utf8' });
  expect(shown).toBe('terminal false\n"E_HOST"\n');
});
