import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { able, cache, root } from './testing/traces.ts';

const contract = able ? describe : describe.skip;

contract('where the kernel refuses an overlay (its upper layer would lie on another overlay)', () => {
  test('the base system is copied, and this is said', async () => {
    await using host = await recordingHost({ cache });
    const script = [
      'mount -t tmpfs tmpfs "$1"',
      'cd "$1"',
      'mkdir lower upper work merged',
      'mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay merged',
      'shift',
      'export TMPDIR="$PWD/merged"',
      'cd "$OLDPWD"',
      'exec "$@"',
    ].join(' && ');
    await using folder = await host.files.temporary('nested');
    const { stdout, stderr } = await host.exec(
      [
        'unshare',
        '--mount',
        '--propagation',
        'private',
        '/bin/sh',
        '-c',
        script,
        'sh',
        folder.path,
        process.execPath,
        '--conditions=release-kit:source',
        '--input-type=module',
        '--eval',
        copyScript,
      ],
      { cwd: root, env: { RELEASE_KIT_CACHE: cache } },
    );
    expect(stderr).toMatch(/refuses an overlay here; the base system is copied/);
    expect(JSON.parse(stdout)).toEqual({
      first: 'kept\n',
      base: true,
      device: false,
      state: expect.stringMatching(/running|degraded/),
      left: [],
    });
  }, 120_000);
});

const copyScript = `
import { existsSync, readdirSync } from 'node:fs';
import { terminalHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
const host = terminalHost({ workspace: '/', env: process.env, signal: new AbortController().signal, stream: process.stderr, verbose: false });
const base = await prepareBase(host, { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.smoke });
const answer = {};
{
  await using machine = await createMachine(host, base, 'nspawn');
  await machine.run(['sh', '-c', 'echo kept > /etc/kept']);
  answer.first = (await machine.run(['cat', '/etc/kept'])).stdout;
  answer.base = !existsSync(base.root + '/etc/kept');
  answer.device = (await machine.run(['mknod', '/disk', 'b', '254', '0'], { allow: 'any' })).exitCode === 0;
  await using booted = await machine.boot();
  answer.state = booted.state;
}
answer.left = readdirSync(process.env.TMPDIR);
console.log(JSON.stringify(answer));
`;
