import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { coreLimit } from './core-dump.ts';

const module = fileURLToPath(new URL('./index.ts', import.meta.url));
const program = `
import { readFileSync } from 'node:fs';
import { forbidCoreDumps, recordingHost, UserError } from ${JSON.stringify(module)};
await using host = await recordingHost();
const limit = () => /^Max core file size +(\\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))[1];
const before = limit();
const missing = { exec: () => Promise.reject(new UserError('E_TOOL_MISSING', 'prlimit is not installed')) };
await forbidCoreDumps({ ...host, ...(process.argv[1] === 'missing' ? missing : {}) });
console.log(JSON.stringify({ before, after: limit(), lines: host.recorded.lines }));`;

/** In a process of its own that begins with this limit, with the real prlimit or without one. */
function limitsOf(core: string, tool: 'there' | 'missing'): unknown {
  const node = [process.execPath, '--conditions=release-kit:source', '--no-warnings', '--input-type=module', '--eval', program, tool];
  return JSON.parse(execFileSync('prlimit', [`--core=${core}`, ...node], { encoding: 'utf8' }));
}

test('a process that would leave its memory on disk when it crashes no longer does', () => {
  expect(limitsOf('4096', 'there')).toEqual({ before: '4096', after: '0', lines: [] });
});

test('where the limit is 0 nothing is started', () => {
  expect(limitsOf('0', 'missing')).toEqual({ before: '0', after: '0', lines: [] });
});

test('what cannot be forbidden is told', () => {
  const lines = [expect.stringMatching(/^warning: A crash might leave .*: prlimit is not installed/)];
  expect(limitsOf('4096', 'missing')).toEqual({ before: '4096', after: '4096', lines });
});

test('the soft limit is read', () => {
  const limits =
    'Limit                     Soft Limit           Hard Limit           Units     \nMax stack size            8388608              unlimited            bytes     \n';
  expect(coreLimit(`${limits}Max core file size        unlimited            unlimited            bytes     \n`)).toBe('unlimited');
  expect(coreLimit(`${limits}Max core file size        0                    unlimited            bytes     \n`)).toBe('0');
  expect(coreLimit('')).toBeUndefined();
});
