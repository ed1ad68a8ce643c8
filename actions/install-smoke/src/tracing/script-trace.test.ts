import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { namedLine, parseTrace, tracedScript, traceFile } from './script-trace.ts';

const script = `#!/bin/sh -e
set -e
prepare() {
  true "$1"
  false
}
if [ "$1" = configure ]; then
  . ./confmodule
  prepare "a b"
fi
echo never
`;

describe('a traced script', () => {
  test('keeps every line where it was, its shell options too', () => {
    const lines = (tracedScript(script) ?? '').split('\n');
    expect(lines[0]).toBe('#!/bin/bash -e');
    expect(lines[1]?.endsWith('set -o posix; set -x; set -e')).toBe(true);
    expect(lines.slice(2)).toEqual(script.split('\n').slice(2));
  });

  test.each(['#!/usr/bin/perl\n', '#!/usr/bin/python3 -S\n', '\u007fELF', '', 'true\n', '#!/bin/sh/x\n'])(
    '%j is no shell script',
    (text) => {
      expect(tracedScript(text)).toBeUndefined();
    },
  );

  test('bash is bash, sh is bash that keeps to POSIX', () => {
    expect(tracedScript('#!/bin/bash\ntrue\n')).not.toContain('posix');
    expect(tracedScript('#! /usr/bin/dash\ntrue\n')).toContain('set -o posix');
  });

  test('the last command is the one at fault, inside of functions too; files that are read in do not count', async () => {
    await using host = await recordingHost();
    const folder = join(host.files.workspace, 'info');
    await mkdir(folder);
    const trace = join(folder, 'trace');
    await writeFile(join(folder, 'confmodule'), 'true confmodule\n\n\n\n\n\n\n\n\n\n\n\ntrue\n');
    await writeFile(join(folder, 'web.postinst'), (tracedScript(script) ?? '').replaceAll(traceFile, trace), { mode: 0o755 });
    const { exitCode, stderr } = await host.exec([join(folder, 'web.postinst'), 'configure'], { cwd: folder, allow: 'any' });
    expect([exitCode, stderr]).toEqual([1, '']);
    const { stdout } = await host.exec(['cat', trace]);
    expect(stdout).toContain('confmodule 13 true');
    expect(parseTrace(stdout, 'postinst', [script])).toEqual({
      script,
      line: 5,
      commands: ['2: set -e', "7: '[' configure = configure ']'", '8: . ./confmodule', "9: prepare 'a b'", "4: true 'a b'", '5: false'],
    });
    expect(parseTrace(stdout, 'prerm', [script])).toBeUndefined();
  });
});

test('what a command holds is inert and short, and only the last ten are kept', () => {
  const lines = Array.from(
    { length: 30 },
    (_, index) => `+release-kit /x.postinst ${index + 1} echo \u001b[31m ##[error] ${'x'.repeat(9000)}`,
  );
  const commands = parseTrace(lines.join('\n'), 'postinst', ['\n'.repeat(40)])?.commands ?? [];
  expect(commands).toHaveLength(10);
  for (const command of commands) {
    expect(command.length).toBeLessThan(400);
    expect(command).not.toMatch(/\u001b|##\[/);
  }
});

test.each([
  ['/var/lib/dpkg/info/web.postinst: 12: [[: not found\ndpkg: error processing package web (--configure):', 12],
  ['/var/lib/dpkg/tmp.ci/postinst: line 7: syntax error near unexpected token', 7],
  ['/var/lib/dpkg/info/web.prerm: 12: [[: not found', undefined],
  ['installed web package post-installation script subprocess returned error exit status 1', undefined],
])('the line that a shell names in %j is %s', (output, line) => {
  expect(namedLine(output, 'postinst')).toBe(line);
});
