import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

/** Tries the package, and reads the report of its life cycle. */
async function trackOf(host: RecordingHost, given: TinyPackage) {
  const out = join(host.files.workspace, 'out');
  await mkdir(out);
  await manifestOf(out, [await tinyPackage(host, out, given)]);
  const inputs = readInputs(spec, { timeout: '60s', report: 'report.json' }, { workspace: host.files.workspace, nameOf: (name) => name });
  const error: unknown = await run(inputs, host).catch((reason: unknown) => reason);
  if (error instanceof Error && !(error instanceof UserError)) throw error;
  const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
  const track = report.targets[0].tracks[0];
  const problems: readonly { category: string; evidence: string }[] = track.problems;
  return {
    leftovers: track.leftovers,
    figures: track.figures,
    /** Paths of a category, without their cures. */
    pathsOf: (category: string) =>
      problems
        .filter((problem) => problem.category === category)
        .flatMap(({ evidence }) => evidence.split('\n'))
        .filter((line) => !line.startsWith('  ')),
  };
}

describeWithMachines('files of packages', () => {
  test(
    'are as Debian Policy wants them, and nothing else changed; what is allowed is not told',
    async () => {
      await using host = await machineHost();
      await writeFile(
        join(host.files.workspace, 'release-kit.yml'),
        'smoke:\n  allow:\n    modes: [/usr/bin/allowed-*]\n    changes: [/usr/share/made/**, /opt/**]\n',
      );
      const { pathsOf, figures } = await trackOf(host, {
        name: 'odd',
        files: {
          'usr/bin/odd': '#!/bin/sh\n',
          'usr/bin/odd-plain': '#!/bin/sh\n',
          'usr/bin/odd-root': '#!/bin/sh\n',
          'usr/bin/odd-net': '#!/bin/sh\n',
          'usr/bin/allowed-root': '#!/bin/sh\n',
          'usr/share/odd/open': 'x',
          'usr/share/odd/::error::b\x1b': 'x',
          'usr/share/odd/foreign': 'x',
          'usr/share/odd/lost': 'x',
          'usr/local/share/odd': 'x',
          'opt/odd/data': 'x'.repeat(100_000),
          'var/lib/odd/state': 'x',
        },
        modes: {
          'usr/bin/odd': 0o755,
          'usr/bin/odd-root': 0o4755,
          'usr/bin/odd-net': 0o755,
          'usr/bin/allowed-root': 0o4755,
          'usr/share/odd/open': 0o666,
          'usr/share/odd/::error::b\x1b': 0o646,
        },
        scripts: {
          postinst: `chown daemon /usr/share/odd/foreign
rm /usr/share/odd/lost
# What setcap cap_net_raw+ep writes; small systems have none.
perl -MConfig -e 'my $value = pack("V5", 0x02000001, 1 << 13, 0, 0, 0); my $path = "/usr/bin/odd-net"; my $name = "security.capability"; my $call = $Config{archname} =~ /^x86_64/ ? 188 : 5; syscall($call, $path, $name, $value, 20, 0) == 0 or die "$!"'
mkdir -p /usr/share/made/deep /etc/odd.d /var/lib/odd/run /home/odd
touch /etc/odd.d/x /etc/unrelated.conf "/var/lib/odd/run/z" /usr/lib/unrelated
echo 127.0.0.9 odd >> /etc/hosts
chmod 0777 /usr/share/doc
printf '# odd\\n' >> /etc/login.defs`,
          postrm: `rm -rf /usr/share/made /etc/odd.d /var/lib/odd /home/odd /etc/unrelated.conf /usr/lib/unrelated /opt/odd
sed -i /odd/d /etc/hosts /etc/login.defs; chmod 0755 /usr/share/doc`,
        },
      });
      expect(pathsOf('wrong-mode')).toEqual([
        '/usr/bin/odd-plain: it is in a folder of programs, and nobody may run it (mode 0644)',
        '/usr/share/odd/::error::b\\x1b: everyone may write it (mode 0646)',
        '/usr/share/odd/foreign: it belongs to daemon',
        '/usr/share/odd/open: everyone may write it (mode 0666)',
      ]);
      expect(pathsOf('privileged-file')).toEqual([
        '/usr/bin/odd-net: it has cap_net_raw (mode 0755)',
        '/usr/bin/odd-root: it runs as the user root (mode 4755)',
      ]);
      expect(pathsOf('forbidden-place')).toEqual(['/usr/local/share/odd: it is the place of the administrator']);
      expect(pathsOf('wrong-file')).toEqual(['/usr/share/odd/lost: it is packaged, and not there']);
      expect(pathsOf('changed-outside')).toEqual([
        '/etc/unrelated.conf: it is new, and in no package',
        '/home/odd: it is new, and in no package',
        '/usr/lib/unrelated: it is new, and in no package',
        '/etc/hosts: its content changed',
        '/etc/login.defs: its content changed (it belongs to login)',
        '/usr/share/doc: mode 0755 became 0777',
      ]);
      expect(figures.disk).toBeGreaterThan(100_000);
      expect(figures.disk).toBeLessThan(400_000);
      expect(host.recorded.lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
    },
    long,
  );

  test(
    'leave nothing of any kind behind; what the configuration allows is only noted',
    async () => {
      await using host = await machineHost();
      await writeFile(join(host.files.workspace, 'release-kit.yml'), 'smoke:\n  allow:\n    leftovers: ["/var/lib/kept*"]\n');
      const { leftovers } = await trackOf(host, {
        name: 'sticky',
        files: { 'usr/bin/sticky': '#!/bin/sh\nsleep 60\n', 'usr/lib/systemd/system/sticky.service': '[Service]\nExecStart=/bin/false\n' },
        modes: { 'usr/bin/sticky': 0o755 },
        control: { templates: 'Template: sticky/name\nType: string\nDescription: A name\n' },
        scripts: {
          postinst: `. /usr/share/debconf/confmodule
db_input low sticky/name || true
db_go || true
db_stop
update-alternatives --install /usr/bin/pager-of-sticky pager-of-sticky /usr/bin/sticky 10
dpkg-divert --quiet --package sticky --add --no-rename --divert /usr/bin/env.real /usr/bin/env
dpkg-statoverride --force-all --add root daemon 2755 /var/lib/sticky-dir 2>/dev/null
mkdir -p /var/lib/kept/a /run/sticky
touch /run/sticky/x /tmp/sticky.tmp
useradd --system --create-home --home-dir /var/lib/stickyhome sticky
echo '* * * * * sticky true' > /etc/cron.d/sticky 2>/dev/null || { mkdir -p /etc/cron.d; echo > /etc/cron.d/sticky; }
systemctl daemon-reload
systemctl start sticky.service || true
systemd-run --quiet --unit=stray --uid=sticky /bin/sleep 600`,
          postrm: 'true',
        },
      });
      const found: readonly { kind: string; what: string }[] = leftovers.found;
      const told = found.map(({ kind, what }) => `${kind} ${what}`);
      expect(told).toEqual(
        expect.arrayContaining([
          'path /etc/alternatives/pager-of-sticky',
          'path /tmp/sticky.tmp',
          'path /var/lib/dpkg/alternatives/pager-of-sticky',
          'path /var/lib/stickyhome',
          'diversion diversion of /usr/bin/env to /usr/bin/env.real by sticky',
          'override root daemon 2755 /var/lib/sticky-dir',
          'answer sticky/name of sticky',
          'process /usr/bin/sleep',
        ]),
      );
      expect(told.filter((line) => line.includes('cron'))).toHaveLength(1);
      const noted: readonly { what: string }[] = leftovers.noted;
      expect(noted.map(({ what }) => what)).toEqual(['/run/sticky', '/var/lib/kept', 'sticky.service']);
      expect(leftovers.accounts).toEqual(['user sticky', 'group sticky']);
    },
    long,
  );
});
