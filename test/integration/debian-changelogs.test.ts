/** debian/changelog of source packages: read, written back, and given a new entry. */
import { beforeAll, expect, test } from '@jest/globals';
import { changelogBytes, insertEntry, readChangelog } from '@release-kit/debian';
import { archivedChangelogs } from '../support/archived-changelogs.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';

/** Milliseconds; the first run makes the base system and fetches the packages. */
const long = 1_200_000;
/** So many of them are taken; a mirror may lack some. */
const least = Number(process.env['RELEASE_KIT_TEST_CHANGELOGS'] ?? (takesAll ? 50 : 12));
// With histories back to 1995: forms that dpkg no longer reads, settings of editors, tabs, several encodings, odd dates and names.
const names =
  `bash hello perl ed kbd tree gzip man-db groff binutils m4 texinfo sudo tar bc diffutils emacs file findutils grep iproute2 less
  net-tools patch sed sharutils usbutils anacron coreutils cpio cron dash debianutils e2fsprogs exim4 gawk jq kmod libtool logrotate lsof mawk
  mtools nano ncurses openssh postfix procmail psmisc readline rsync screen shadow strace traceroute units unzip vim wget zlib zsh base-files
  debconf debhelper hostname ifupdown init-system-helpers ucf`.split(/\s+/);

interface Facts {
  readonly version: string | undefined;
  readonly distributions: string | undefined;
  readonly timestamp: string | undefined;
}

/** What dpkg reads; entries that it makes up for lines it cannot place are left out. */
function factsOfDpkg(rfc822: string): readonly Facts[] {
  const entries = rfc822.split(/\n\n(?=Source: )/).map((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(paragraph)?.[1];
    return { version: field('Version'), distributions: field('Distribution'), timestamp: field('Timestamp') };
  });
  return entries.filter(({ version }) => version?.startsWith('unknown') === false);
}

describeWithMachines('changelogs of the archive', () => {
  let changelogs: ReadonlyMap<string, Buffer>;
  beforeAll(async () => {
    await using host = await machineHost();
    changelogs = await archivedChangelogs(host, names, least);
  }, long);

  test('read and write back to the same bytes', () => {
    expect(changelogs.size).toBe(least);
    const changed = [...changelogs].filter(([, bytes]) => !bytes.equals(changelogBytes(readChangelog(bytes)))).map(([name]) => name);
    expect(changed).toEqual([]);
  });

  test(
    'are understood as dpkg understands them: each entry, its version, distributions and date',
    async () => {
      await using host = await machineHost();
      for (const [name, bytes] of changelogs) {
        const { stdout } = await host.exec(['dpkg-parsechangelog', '--all', '--format', 'rfc822', '-l', '-'], { stdin: bytes });
        const read = readChangelog(bytes).entries.map(({ version, distributions, trailer }) => ({
          version,
          distributions: distributions.join(' '),
          timestamp: trailer?.timestamp?.toString(),
        }));
        expect({ name, entries: read }).toEqual({ name, entries: factsOfDpkg(stdout) });
      }
    },
    long,
  );

  test(
    'take a new entry, which is what dpkg then reads first; no other byte changes',
    async () => {
      await using host = await machineHost();
      for (const [name, bytes] of changelogs) {
        const newest = readChangelog(bytes).entries[0];
        const version = `${newest?.version}+next`;
        const release = {
          version,
          changes: [{ text: 'Greet.', closes: [1012345] }],
          maintainer: 'Ada Builder <ada@example.org>',
          timestamp: 4e9,
        };
        const after = Buffer.from(insertEntry(bytes, release, name));
        expect(after.subarray(after.length - bytes.length).equals(bytes)).toBe(true);
        const { stdout, stderr } = await host.exec(['dpkg-parsechangelog', '-l', '-'], { stdin: after });
        expect({ name, stderr }).toEqual({ name, stderr: '' });
        expect(stdout).toContain(`Source: ${newest?.package}\nVersion: ${version}\n`);
        expect(stdout).toContain('\nTimestamp: 4000000000\n');
        expect(stdout).toContain('\nCloses: 1012345\n');
      }
    },
    long,
  );
});
