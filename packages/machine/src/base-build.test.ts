import { describe, expect, test } from '@jest/globals';
import { parseDistribution } from '@release-kit/debian';
import { cureOf, mmdebstrapArgv, reasonIn } from './base-build.ts';

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
    expect(argv).toContain('--include=apt,dbus,systemd,ubuntu-keyring');
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
    ).toBe('Err:1 http://mirror.example sid InRelease: Could not connect');
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

// What mmdebstrap 1.3.5 with apt 2.6 printed, but for the names of hosts.
const failures = {
  full: ['Reading package lists...', 'E: Write error - write (28: No space left on device)', 'E: IO Error saving source cache'],
  suite: [
    'Ign:1 http://archive.example/debian noble InRelease',
    'Err:2 http://archive.example/debian noble Release',
    '  404  Not Found [IP: 203.0.113.80 80]',
    "E: The repository 'http://archive.example/debian noble Release' does not have a Release file.",
  ],
  key: [
    'Err:1 http://archive.example/debian bookworm InRelease',
    "  The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0E7B82643E131",
    "E: The repository 'http://archive.example/debian bookworm InRelease' is not signed.",
  ],
  expired: [
    'E: Release file for http://archive.example/debian/dists/sid/InRelease is expired (invalid since 15d 3h 48min 27s). Updates for this repository will not be applied.',
  ],
  name: [
    'Err:1 http://archive.example/debian bookworm InRelease',
    "  Could not resolve 'archive.example'",
    "E: Failed to fetch http://archive.example/debian/dists/bookworm/InRelease  Could not resolve 'archive.example'",
  ],
};

describe('cureOf', () => {
  const debian12 = parseDistribution('debian:12');
  test.each([
    ['a full disk', failures.full, /^E: Write error .*No space left/, /room on the disk/],
    ['a suite that the mirror does not have', failures.suite, /404 {2}Not Found/, /does not have the suite bookworm/],
    ['a key that is not there', failures.key, /NO_PUBKEY 6ED0E7B82643E131$/, /signed-by=<file>/],
    ['an index that has expired', failures.expired, /is expired/, /clock .*check-valid-until=no/],
    ['a host that has no address', failures.name, /: Could not resolve 'archive\.example'$/, /^Check the network/],
  ])('%s: what is wrong, and what to do', (_, lines, reason, cure) => {
    expect(reasonIn(lines)).toMatch(reason);
    expect(cureOf(lines, debian12)).toMatch(cure);
  });
});
