import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { bootstrapTool, versionIn } from './bootstrap-tool.ts';
import { findProgram } from './host-needs.ts';

test('the version read from the program is the one it tells', async () => {
  if ((await findProgram('mmdebstrap', process.env['PATH'])) === undefined) {
    expect(process.env['CI']).toBeUndefined();
    return;
  }
  await using host = await recordingHost();
  expect(await bootstrapTool(host)).toBe((await host.exec(['mmdebstrap', '--version'])).stdout.trim());
});

test('a program that declares none is asked', () => {
  expect(versionIn("our $VERSION = '1.3.5';\n")).toBe('1.3.5');
  expect(versionIn("# our $VERSION = '1.3.5';\nmy $VERSION = 3;\n")).toBeUndefined();
});
