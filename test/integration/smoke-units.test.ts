/** @slow 80 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';
import { httpDaemon, unitFolder, unitScripts } from '../support/smoke-gallery/broken-package.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

interface Told {
  readonly category: string;
  readonly level: string;
  readonly message: string;
  readonly place: { readonly file: string; readonly line: number } | null;
}

/** Tries the package, and reads the report of its life cycle. */
async function trackOf(host: RecordingHost, given: TinyPackage, timeout = '60s') {
  const out = join(host.files.workspace, 'out');
  await mkdir(out);
  await manifestOf(out, [await tinyPackage(host, out, given)]);
  const inputs = readInputs(spec, { timeout, report: 'report.json' }, { workspace: host.files.workspace, nameOf: (name) => name });
  const error: unknown = await run(inputs, host).catch((reason: unknown) => reason);
  if (error instanceof Error && !(error instanceof UserError)) throw error;
  const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
  const track = report.targets[0].tracks[0];
  const problems: readonly Told[] = track.problems;
  const units: readonly { unit: string; outcome: string; remark: string | null; exposure: number | null; listens: string[] }[] =
    track.units;
  const steps: readonly { name: string; result: string; note: string }[] = track.steps;
  return {
    problems: problems.map(({ category, level, message, place }) => ({
      told: `${level === 'warning' ? 'warning: ' : ''}${category}: ${message}`,
      place: place === null ? '' : `${place.file}:${place.line}`,
    })),
    unit: (name: string) => units.find((each) => each.unit === name),
    units: units.map(({ unit, outcome }) => `${unit} ${outcome}`),
    step: (name: string) => steps.find((each) => each.name === name),
  };
}

const section = (name: string, ...lines: readonly string[]) => `[${name}]\n${lines.join('\n')}\n`;
const service = (...lines: readonly string[]) => section('Unit', 'Description=x') + section('Service', ...lines);
const wanted = (target = 'multi-user.target') => section('Install', `WantedBy=${target}`);
const unitFiles = (units: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(units).map(([name, text]) => [`${unitFolder}/${name}`, text]));

/** A daemon as packages had them before systemd; it stays in the background. */
const initScript = (name: string, command: string) => `#!/bin/sh
### BEGIN INIT INFO
# Provides:          ${name}
# Required-Start:    $remote_fs
# Required-Stop:     $remote_fs
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: daemon of a test
### END INIT INFO
case "$1" in
  start) ${command} ;;
  stop) start-stop-daemon --stop --oknodo --remove-pidfile --pidfile /run/${name}.pid ;;
  restart | force-reload) "$0" stop; "$0" start ;;
esac
`;

const inBackground = (name: string, seconds: string) =>
  `start-stop-daemon --start --background --make-pidfile --pidfile /run/${name}.pid --startas /bin/sleep -- ${seconds}`;

describeWithMachines('units of packages', () => {
  test(
    'of all kinds are verified, started as they are meant to be, and say where they listen',
    async () => {
      await using host = await machineHost();
      await writeFile(
        join(host.files.workspace, 'release-kit.yml'),
        'smoke:\n  services:\n    - { unit: quiet.service, state: inactive }\n  ports: ["127.0.0.1:8099/tcp", "*:7099/tcp"]\n',
      );
      const enabled = [
        'called.socket',
        'forking.service',
        'ready.service',
        'job.timer',
        'brief.timer',
        'done.service',
        'held.service',
        'each@.service',
        'all.target',
      ];
      const scripts = unitScripts(...enabled);
      const given = {
        name: 'kinds',
        files: {
          ...unitFiles({
            'called.socket': section('Socket', 'ListenStream=7099', 'ListenStream=/run/called.sock') + wanted('sockets.target'),
            'called.service': service('ExecStart=/bin/sleep infinity'),
            'forking.service': service('Type=forking', 'PIDFile=/run/forking.pid', 'ExecStart=/usr/lib/kinds/fork') + wanted(),
            'ready.service':
              service('Type=notify', 'NotifyAccess=all', 'ExecStart=/usr/lib/kinds/ready', 'ExecReload=/bin/kill -HUP $MAINPID') + wanted(),
            'job.timer': section('Timer', 'OnCalendar=daily') + wanted('timers.target'),
            'job.service': service('Type=oneshot', 'ExecStart=/bin/true'),
            // Most services of timers do not say that they are one-shots, and need not.
            'brief.timer': section('Timer', 'OnCalendar=daily') + wanted('timers.target'),
            'brief.service': service('ExecStart=/bin/true'),
            'quiet.timer': section('Timer', 'OnCalendar=daily'),
            'quiet.service': service('Type=oneshot', 'ExecStart=/bin/false'),
            'done.service': service('Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/bin/true') + wanted(),
            'held.service':
              section('Unit', 'ConditionPathExists=/etc', 'ConditionPathExists=!/usr/bin/env') +
              section('Service', 'ExecStart=/bin/false') +
              wanted(),
            'each@.service': `${service('ExecStart=/bin/sleep infinity') + wanted()}DefaultInstance=one\n`,
            'all.target': section('Unit', 'Description=x') + wanted(),
            'inner.slice': section('Unit', 'Description=x'),
          }),
          'usr/lib/systemd/user/mine.service': service('ExecStart=/bin/true'),
          'usr/lib/kinds/fork': '#!/bin/sh\n/usr/lib/kinds/serve &\necho $! > /run/forking.pid\n',
          'usr/lib/kinds/serve': httpDaemon('127.0.0.1:8099'),
          'usr/lib/kinds/ready': '#!/bin/sh\nsystemd-notify --ready\nexec sleep infinity\n',
        },
        modes: { 'usr/lib/kinds/fork': 0o755, 'usr/lib/kinds/serve': 0o755, 'usr/lib/kinds/ready': 0o755 },
        // A socket cannot be restarted while its service runs, and that is not stopped with it.
        scripts: {
          ...scripts,
          postinst: scripts.postinst.replace('action=restart', 'action=start'),
          prerm: scripts.prerm.replace('invoke stop', 'invoke stop called.service'),
        },
      };
      const { problems, units, unit, step } = await trackOf(host, given);
      expect(problems.filter(({ told }) => /^[\w: ]*(?:unit|port|script|install)/.test(told))).toEqual([]);
      expect(step('unit files')?.note).toBe('16 unit files verified, no mistake found');
      expect(units).toEqual([
        'all.target up',
        'brief.timer up',
        'called.socket up',
        'done.service up',
        'forking.service up',
        'held.service skipped',
        'job.timer up',
        'ready.service up',
        'each@one.service up',
        'brief.service up',
        'called.service up',
        'job.service up',
      ]);
      expect(unit('held.service')?.remark).toMatch(/does not hold.*: ConditionPathExists=!\/usr\/bin\/env$/);
      expect(unit('job.service')?.remark).toBe('started as job.timer would');
      expect(unit('ready.service')?.exposure).toBeGreaterThan(5);
      expect(unit('forking.service')?.listens).toEqual(['127.0.0.1:8099/tcp']);
      expect(unit('called.service')?.listens).toEqual(['/run/called.sock', '[::]:7099/tcp']);
      expect(step('purge without systemd')?.result).toBe('passed');
    },
    long,
  );

  test(
    'that fail are told each by its own cause, at the line of their file or of the configuration',
    async () => {
      await using host = await machineHost();
      await writeFile(
        join(host.files.workspace, 'release-kit.yml'),
        'smoke:\n  services:\n    - { unit: awake.service, state: inactive }\n  ports:\n    - 127.0.0.1:8098/tcp\n',
      );
      await mkdir(join(host.files.workspace, 'debian'));
      await writeFile(
        join(host.files.workspace, 'debian/control'),
        'Source: ways\nMaintainer: A <a@example.org>\n\nPackage: ways\nArchitecture: all\nDescription: a\n',
      );
      const units = {
        'odd.service': service('ExecStart=/bin/sleep infinity', 'Restrat=always', 'TimeoutStartSec=soon') + section('Instal', 'WantedBy=a'),
        'loop.service': service('ExecStart=/bin/false', 'Restart=always') + wanted(),
        'before.service': service('ExecStartPre=/bin/sh -c "exit 4"', 'ExecStart=/bin/sleep 9') + wanted(),
        'late.service': service('Type=notify', 'ExecStart=/bin/sleep infinity', 'TimeoutStartSec=3') + wanted(),
        'brief.service': service('ExecStart=/bin/sh -c "echo ::error::gone; sleep 2"') + wanted(),
        'exec.service': service('ExecStart=/usr/bin/nothing-there') + wanted(),
        'user.service': service('User=nobody-at-all', 'ExecStart=/bin/sleep 9') + wanted(),
        'later.service': service('ExecStart=/bin/sleep infinity') + wanted(),
        'off.service': service('ExecStart=/bin/sleep infinity') + wanted(),
        'sure.service': section('Unit', 'AssertPathExists=/nowhere') + section('Service', 'ExecStart=/bin/sleep 9') + wanted(),
        'chore.timer': section('Timer', 'OnCalendar=daily') + wanted('timers.target'),
        'chore.service': service('Type=oneshot', 'ExecStart=/bin/sh -c "exit 9"'),
        'awake.service': service('ExecStart=/usr/bin/perl /usr/lib/ways/serve') + wanted(),
      };
      for (const [name, text] of Object.entries(units)) await writeFile(join(host.files.workspace, `debian/ways.${name}`), text);
      const enabled = Object.keys(units).filter((name) => !['odd.service', 'chore.service', 'later.service'].includes(name));
      const scripts = unitScripts(...enabled);
      const { problems } = await trackOf(host, {
        name: 'ways',
        files: { ...unitFiles(units), 'usr/lib/ways/serve': httpDaemon('0.0.0.0:8098') },
        scripts: {
          ...scripts,
          postinst: `${scripts.postinst}\nsystemctl disable --quiet --now off.service || true\nsystemctl enable --quiet later.service`,
        },
      });
      expect(problems.map(({ told }) => told.replace(/\d+ times|once/, 'N times')).sort()).toEqual(
        expect.arrayContaining([
          expect.stringMatching(
            /^missing-port: nobody listened on 127\.0\.0\.1:8098\/tcp within 10 s; awake\.service listens on 0\.0\.0\.0:8098\/tcp$/,
          ),
          expect.stringMatching(/^unexpected-port: awake\.service listens on 0\.0\.0\.0:8098\/tcp/),
          'unit-dies: brief.service ended by itself: exit code 0',
          'unit-dies: loop.service ended and was restarted N times: exit code 1',
          'unit-failed: before.service failed: exit code 4 (ExecStartPre=)',
          'unit-failed: chore.service failed: exit code 9',
          expect.stringMatching(/^unit-failed: exec\.service failed: its program cannot be run: it is missing/),
          'unit-failed: user.service failed: its user does not exist (User=)',
          'unit-failed: sure.service was not started: an assertion in its unit file does not hold: AssertPathExists=/nowhere',
          'unit-invalid: odd.service has Restrat= in [Service], which systemd does not know and ignores',
          'unit-invalid: odd.service has a section [Instal], which systemd does not know and ignores',
          'unit-invalid: odd.service: Failed to parse TimeoutStartSec= parameter, ignoring: soon',
          'unit-policy: awake.service is active after the installation, and should be inactive',
          'unit-policy: off.service is disabled, although the postinst of ways enables it',
          'unit-slow: late.service failed: it did not start in time; it has not told systemd that it is ready (Type=notify)',
        ]),
      );
      const placeOf = (word: string) => problems.find(({ told }) => told.includes(word))?.place;
      expect(placeOf('Restrat')).toBe('debian/ways.odd.service:5');
      expect(placeOf('exit code 4')).toBe('debian/ways.before.service:4');
      expect(placeOf('missing-port')).toBe('release-kit.yml:5');
      expect(placeOf('does not exist (User=)')).toBe('debian/ways.user.service:4');
      const { lines } = host.recorded;
      expect(lines.some((line) => line.includes('later.service is up') && line.includes('installing did not start it'))).toBe(true);
      expect(lines.some((line) => line.includes('\\::error::gone') || line.includes(': ::error::gone'))).toBe(true);
      expect(host.recorded.lines.filter((line) => line.startsWith('::'))).toEqual([]);
    },
    long,
  );

  test(
    'do not keep a package from being installed where systemd does not run',
    async () => {
      await using host = await machineHost();
      const scripts = unitScripts('plain.service');
      const { problems, step } = await trackOf(host, {
        name: 'plain',
        files: unitFiles({ 'plain.service': service('ExecStart=/bin/sleep infinity') + wanted() }),
        scripts: { ...scripts, postinst: `${scripts.postinst}\nsystemctl restart plain.service` },
      });
      expect(problems.map(({ told }) => told)).toEqual([
        expect.stringMatching(/^script-failed: where systemd does not run, the postinst script of plain /),
      ]);
      expect(step('purge')?.result).toBe('passed');
      expect(step('install without systemd')?.result).toBe('failed');
    },
    long,
  );

  test(
    'that systemd makes of an init script, and instances that a script starts, are tried as well',
    async () => {
      await using host = await machineHost();
      const { problems, units, unit, step } = await trackOf(host, {
        name: 'older',
        files: {
          'etc/init.d/older': initScript('older', inBackground('older', 'infinity')),
          'etc/init.d/frail': initScript('frail', inBackground('frail', '2')),
          'etc/init.d/once': initScript('once', ':'),
          ...unitFiles({ 'each@.service': service('ExecStart=/bin/sleep infinity') }),
        },
        modes: { 'etc/init.d/older': 0o755, 'etc/init.d/frail': 0o755, 'etc/init.d/once': 0o755 },
        conffiles: ['/etc/init.d/older', '/etc/init.d/frail', '/etc/init.d/once'],
        scripts: {
          postinst:
            'for n in older frail once; do update-rc.d $n defaults; invoke-rc.d $n start; done\n' +
            '[ ! -d /run/systemd/system ] || systemctl start each@one.service',
          prerm: 'for n in older frail once; do invoke-rc.d $n stop; done\n[ ! -d /run/systemd/system ] || systemctl stop each@one.service',
          postrm: 'if [ "$1" = purge ]; then for n in older frail once; do update-rc.d $n remove; done; fi',
        },
      });
      expect(units.filter((each) => !each.startsWith('frail')).sort()).toEqual([
        'each@one.service up',
        'older.service up',
        'once.service up',
      ]);
      expect(unit('once.service')?.remark).toBe('its init script ended well, and left no process');
      expect(problems.map(({ told }) => told)).toEqual([
        'unit-dies: frail.service has no process any more: what its init script started ended by itself',
      ]);
      expect(step('restart')?.note).toContain('older.service');
    },
    long,
  );
});
