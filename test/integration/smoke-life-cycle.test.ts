/** @slow 85 */
import { expect, test } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { type BrokenPackage, servicePackage } from '../support/smoke-gallery/broken-package.ts';
import { verdictOf } from '../support/smoke-gallery/verdict.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

/** Category, place and message of each problem, in the order found. */
async function problemsOf(host: RecordingHost, given: Omit<BrokenPackage, 'name'>): Promise<readonly string[]> {
  const { verdict } = await verdictOf(host, { name: 'trial', ...given });
  return verdict.problems.map(({ track, category, place, message }) => `${track}: ${category} ${place}: ${message}`);
}

const asker = servicePackage(['ExecStart=/bin/sleep infinity'], {
  depends: 'debconf, ed',
  fields: ['Recommends: bc, no-such-package'],
  files: { 'etc/broken.conf': 'a = b\n' },
  conffiles: ['/etc/broken.conf'],
  control: { templates: 'Template: broken/name\nType: string\nDescription: Name\n The name.\n' },
});
const confmodule = '. /usr/share/debconf/confmodule';
const good = {
  ...asker,
  scripts: {
    ...asker.scripts,
    config: `${confmodule}\ndb_input high broken/name || true\ndb_go || true`,
    postinst: `${confmodule}\ndb_get broken/name\nexec > /dev/null\n${asker.scripts?.['postinst'] ?? ''}`,
    postrm: `${asker.scripts?.['postrm'] ?? ''}\nif [ "$1" = purge ]; then\n\t${confmodule}\n\tdb_purge\nfi`,
  },
};

describeWithMachines('install-smoke', () => {
  test(
    'tries packages with what they recommend, beside others and with answers; a second run fetches nothing',
    async () => {
      await using host = await machineHost();
      const smoke = ['beside: [cron]', 'preseed: debian/smoke.preseed'];
      const source = { 'debian/smoke.preseed': '# one\nbroken broken/name string somebody\n' };
      const unanswered = 'unanswered-question : broken/name is asked with priority high, and has no answer where nobody is asked';
      expect(await problemsOf(host, { packages: [good], smoke, source })).toEqual([
        `life cycle: ${unanswered}`,
        `with recommended packages: ${unanswered}`,
        `beside cron: ${unanswered}`,
      ]);
      const { lines } = host.recorded;
      const told = (start: string, ...words: readonly string[]) =>
        lines.some((line) => line.startsWith(start) && words.every((word) => line.includes(word)));
      expect(told('with recommended packages: ✓ dependencies', ' bc', 'debian:12 has no package no-such-package')).toBe(true);
      expect(told('beside cron: ✓ dependencies', ' cron')).toBe(true);
      expect(told('beside cron: ✓ others again', 'packages of others as they were')).toBe(true);
      expect(told('preseeded: ✓ answers taken', 'all answers were taken')).toBe(true);
      expect(told('✓ reinstall', 'one configuration file kept', 'broken.service is up')).toBe(true);
      expect(told('✓ install again', 'one configuration file kept', 'broken.service is up')).toBe(true);

      await using again = await machineHost();
      const next = { ...good, version: '1.1', scripts: asker.scripts ?? {}, control: {} };
      expect(await problemsOf(again, { packages: [next], smoke: ['recommends: false'] })).toEqual([]);
      expect(again.recorded.lines.some((line) => /^✓ dependencies .*: .*ed.*, from the cache$/.test(line))).toBe(true);
    },
    long,
  );

  test(
    'services that do not come back, configuration that scripts edit, and services of others that stop are told',
    async () => {
      await using host = await machineHost();
      const plain = servicePackage(['ExecStart=/bin/sleep infinity'], {
        files: { 'etc/broken.conf': 'a\n' },
        conffiles: ['/etc/broken.conf'],
      });
      const broken = {
        ...plain,
        scripts: {
          ...plain.scripts,
          // Over a version that is there, the service stays down, the file grows, and what is not ours is stopped.
          postinst: `${plain.scripts?.['postinst'] ?? ''}\nif [ -n "$2" ]; then\n\tsystemctl stop broken.service\n\techo b >> /etc/broken.conf\nfi\nsystemctl stop cron.service || true`,
        },
      };
      const found = await problemsOf(host, { packages: [broken], smoke: ['beside: [cron]'] });
      expect(found.filter((problem) => !problem.includes('changed-outside') && !problem.includes('left-behind'))).toEqual([
        expect.stringMatching(/^life cycle: conffile-changed .*\/etc\/broken\.conf is not as it was after the reinstallation$/),
        expect.stringMatching(/^life cycle: unit-policy .*: after the reinstallation, broken\.service does not run, though it did before$/),
        'beside cron: disturbs-others : after the installation, cron.service of another package no longer runs',
        'beside cron: disturbs-others : after the purge, cron.service of another package no longer runs',
      ]);
    },
    long,
  );

  test(
    'a configuration file that a removal puts aside is kept, one that it deletes is lost',
    async () => {
      await using host = await machineHost();
      const given = {
        name: 'aside',
        files: { 'etc/kept.d/aside': 'a = b\n', 'etc/lost.d/aside': 'c = d\n' },
        conffiles: ['/etc/kept.d/aside', '/etc/lost.d/aside'],
        scripts: {
          postrm: `if [ "$1" = remove ]; then mv /etc/kept.d/aside /etc/kept.d/aside.disabled; rm /etc/lost.d/aside; fi
if [ "$1" = purge ]; then rm -f /etc/kept.d/aside.disabled; rmdir /etc/kept.d || true; fi`,
          preinst: 'if [ -f /etc/kept.d/aside.disabled ]; then mv /etc/kept.d/aside.disabled /etc/kept.d/aside; fi',
        },
      };
      const found = await problemsOf(host, { packages: [given] });
      expect(found.filter((problem) => problem.includes('conffile-lost'))).toEqual([
        expect.stringMatching(/: the configuration file \/etc\/lost\.d\/aside is gone after removal; only a purge may delete it$/),
      ]);
      expect(found.filter((problem) => problem.includes('kept.d'))).toEqual([]);
    },
    long,
  );

  test.each<[string, Omit<BrokenPackage, 'name'>, readonly RegExp[]]>([
    [
      'what cannot be satisfied, by package and line',
      {
        packages: [
          { name: 'hello', depends: 'libc6 (>= 99), mail-transport-agent (>= 9)' },
          { name: 'hello-doc', depends: 'hello (= 2.0)' },
        ],
      },
      [
        /: missing-dependency debian\/control:11: hello-doc depends on hello \(= 2\.0\): its own packages bring hello 1\.0$/,
        /: missing-dependency debian\/control:6: hello depends on libc6 \(>= 99\): debian:12 has libc6 /,
        /: missing-dependency debian\/control:6: hello depends on mail-transport-agent \(>= 9\): mail-transport-agent is a virtual package in debian:12, which /,
      ],
    ],
    [
      'packages that exclude each other',
      { packages: [{ name: 'hello-light', fields: ['Conflicts: hello-full'] }, { name: 'hello-full' }] },
      [/: conflict debian\/control:6: hello-light and hello-full cannot be installed together: hello-light has Conflicts: hello-full$/],
    ],
    [
      'a package of the system that would have to go',
      { packages: [{ name: 'hello', depends: 'sysvinit-core' }] },
      [/: conflict .*would remove systemd-sysv of debian:12, without which services do not run$/],
    ],
    [
      'a script that needs the network, and one that goes on without',
      {
        packages: [
          { name: 'asks', version: '2.0+x~y-1', scripts: { postinst: 'getent hosts example.org || echo "Could not resolve host: x" >&2' } },
          { name: 'needs', depends: 'asks', scripts: { postinst: 'echo "Could not resolve host: y" >&2; exit 6' } },
        ],
      },
      [
        /: needs-network debian\/needs\.postinst:\d+: the postinst script of needs .*exit status 6; it wants the network: Could not resolve host: y/,
      ],
    ],
  ])(
    'names %s',
    async (_, given, expected) => {
      await using host = await machineHost();
      const found = await problemsOf(host, { smoke: ['recommends: false'], ...given });
      expect(found.toSorted()).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    },
    long,
  );
});
