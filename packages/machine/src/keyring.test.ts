import { describe, expect, test } from '@jest/globals';
import { archiveIn, ownVendor } from './keyring.ts';

describe('ownVendor', () => {
  test('is told by os-release, with and without quotes', () => {
    expect(ownVendor('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n')).toEqual({
      vendor: 'debian',
      codename: 'bookworm',
    });
    expect(ownVendor('ID="ubuntu"\nVERSION_CODENAME="noble"\nID_LIKE=debian')).toEqual({ vendor: 'ubuntu', codename: 'noble' });
    expect(ownVendor('ID=fedora\nID_LIKE=debian\nVERSION_CODENAME=x\n')).toBeUndefined();
    expect(ownVendor('')).toBeUndefined();
  });
});

describe('archiveIn', () => {
  test("is where the host's own suite comes from, not the first archive there is", () => {
    const printed = [
      "'https://other.example/apt/dists/other/InRelease' other.example_apt_dists_other_InRelease 0 ",
      "'http://archive.example/debian-security/dists/bookworm-security/InRelease' a 0 ",
      "'http://archive.example/debian/dists/bookworm/InRelease' archive.example_debian_dists_bookworm_InRelease 0 ",
    ].join('\n');
    expect(archiveIn(printed, 'bookworm')).toBe('http://archive.example/debian');
    expect(archiveIn(printed, 'trixie')).toBeUndefined();
  });

  test('may be a list of mirrors, as on the runners of GitHub', () => {
    expect(archiveIn("'mirror+file:/etc/apt/apt-mirrors.txt/dists/noble/InRelease' x 0 ", 'noble')).toBe(
      'mirror+file:/etc/apt/apt-mirrors.txt',
    );
  });
});
