import { describe, expect, test } from '@jest/globals';
import { parseDistribution } from '@release-kit/debian';
import { mmdebstrapArgv, reasonIn } from './base-build.ts';

const debian = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: ['systemd', 'dbus', 'dbus'] };

describe('mmdebstrapArgv', () => {
  test('asks for the suite, the architecture and each package once, and keeps the lists of apt', () => {
    const argv = mmdebstrapArgv(debian, '/cache/root');
    expect(argv).toContain('--include=dbus,systemd');
    expect(argv).toContain('--architectures=amd64');
    expect(argv).toContain('--variant=minbase');
    expect(argv).toContain('--components=main');
    expect(argv).toContain('--skip=cleanup/apt');
    expect(argv.slice(-2)).toEqual(['bookworm', '/cache/root']);
  });

  test('names the mirror last, and includes nothing when there is nothing to include', () => {
    const argv = mmdebstrapArgv({ ...debian, packages: [], mirror: 'http://mirror.example/debian' }, '/r');
    expect(argv.at(-1)).toBe('http://mirror.example/debian');
    expect(argv.some((word) => word.startsWith('--include'))).toBe(false);
  });

  test("takes Ubuntu's universe as well, where most packages are", () => {
    const argv = mmdebstrapArgv({ ...debian, distribution: parseDistribution('ubuntu:24.04') }, '/r');
    expect(argv).toContain('--components=main,universe');
    expect(argv.at(-2)).toBe('noble');
  });
});

describe('reasonIn', () => {
  test('is the first error of apt, not the tool that gave up because of it', () => {
    expect(
      reasonIn([
        'I: running apt-get update...',
        'Err:1 http://mirror.example sid InRelease',
        '  Could not connect',
        'E: The repository is not signed',
        'E: apt-get update -oX failed',
        'I: main() received signal PIPE',
      ]),
    ).toBe('Err:1 http://mirror.example sid InRelease');
    expect(reasonIn(['I: x', 'E: Unable to locate package nosuch', 'E: apt-get --yes install failed'])).toBe(
      'E: Unable to locate package nosuch',
    );
  });

  test('is the last line, else', () => {
    expect(
      reasonIn([
        'Err:1 http://archive.example bookworm InRelease',
        '  The following signatures: NO_PUBKEY 0E98404D386FA1D9',
        'E: not signed.',
      ]),
    ).toBe('The following signatures: NO_PUBKEY 0E98404D386FA1D9');
    expect(reasonIn(['a', 'b'])).toBe('b');
    expect(reasonIn([])).toBe('mmdebstrap said nothing');
  });
});
