/** @slow 90 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { startFakeGitHub } from '@release-kit/github-stand-in';
import { exampleReleases } from '../support/example-releases.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds: on a busy host four daemons through two tracks take minutes. */
const long = 900_000;

/** Scripts as dh_installsystemd leaves them; `restart`: what it does with a unit that runs when the package is upgraded. */
function systemd(name: string, unit: string, restart: 'restart' | 'never' = 'restart'): Readonly<Record<string, string>> {
  const invoke = `deb-systemd-invoke $_dh_action '${unit}' >/dev/null || true`;
  const start = {
    restart: `if [ -n "$2" ]; then _dh_action=restart; else _dh_action=start; fi\n${invoke}`,
    never: `if [ -z "$2" ]; then deb-systemd-invoke start '${unit}' >/dev/null; fi`,
  } as const;
  return {
    postinst: `if deb-systemd-helper --quiet was-enabled '${unit}'; then
  deb-systemd-helper enable '${unit}' >/dev/null || true
else
  deb-systemd-helper update-state '${unit}' >/dev/null || true
fi
systemctl --system daemon-reload >/dev/null || true
${start[restart]}`,
    prerm: `if [ "$1" = remove ]; then deb-systemd-invoke stop '${unit}' >/dev/null || true; fi`,
    postrm: `if [ "$1" = purge ]; then deb-systemd-helper purge '${unit}' >/dev/null || true; rm -rf /var/lib/${name}; fi
systemctl --system daemon-reload >/dev/null || true`,
  };
}

interface Daemon {
  readonly unit?: string;
  readonly restart?: 'restart' | 'never';
  /** Lines of shell before it sleeps. */
  readonly program?: string;
  /** Lines of shell at the end of its postinst. */
  readonly postinst?: string;
  readonly conffile?: string;
}

/** A daemon with a conffile and a state directory. */
function daemon(name: string, version: string, given: Daemon = {}): TinyPackage {
  const { unit = `${name}.service`, restart = 'restart', program = 'echo x > $STATE_DIRECTORY/x', postinst = '' } = given;
  const conffile = given.conffile ?? `${name}.conf`;
  const scripts = systemd(name, unit, restart);
  return {
    ...{ name, version, conffiles: [`/etc/${conffile}`] },
    scripts: { ...scripts, postinst: `${scripts['postinst']}\n${postinst}` },
    files: {
      [`etc/${conffile}`]: `# settings of ${version}\n`,
      [`usr/lib/${name}/run`]: `${program}\nexec sleep infinity\n`,
      [`usr/lib/systemd/system/${unit}`]: `[Unit]
Description=x
[Service]
StateDirectory=${name}
ExecStart=/bin/sh /usr/lib/${name}/run
[Install]
WantedBy=multi-user.target
`,
    },
  };
}

// Refuses what a later version has stored.
const format = (version: number): string =>
  `f=$STATE_DIRECTORY/format; [ ! -e $f ] || [ $(cat $f) -le ${version} ] || exit 3; echo ${version} > $f`;

interface Told {
  readonly outcome: string;
  readonly reason?: string;
  readonly steps: readonly { readonly name: string; readonly result: string; readonly note: string }[];
  readonly problems: readonly { readonly category: string; readonly level?: string; readonly message: string }[];
}

async function build(host: RecordingHost, folder: string, packages: readonly TinyPackage[]) {
  const out = join(host.files.workspace, folder);
  await mkdir(out);
  const files = [];
  for (const each of packages) files.push(await tinyPackage(host, out, each));
  return { out, files };
}

/** Tries packages, and hands back what is told of the track. */
async function smoke(host: RecordingHost, given: Readonly<Record<string, string>>): Promise<Told> {
  const all = { timeout: '60s', 'github-token': 'ghs_0123456789abcdef', report: 'report.json', ...given };
  await run(readInputs(spec, all, { workspace: host.files.workspace, nameOf: (name) => name }), host).catch((reason: unknown) => {
    if (!(reason instanceof UserError)) throw reason;
  });
  const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
  return report.targets[0].tracks.find(({ name }: { name: string }) => name === 'upgrade');
}

const found = ({ problems }: Told): readonly string[] =>
  problems.map(({ category, level, message }) => `${level ?? 'error'} ${category}: ${message}`);

describeWithMachines('upgrade from the previous release', () => {
  test(
    'the example is upgraded from its release on GitHub: changes by hand stay, the service is restarted, there is a way back',
    async () => {
      await using github = await startFakeGitHub();
      await using host = await machineHost({ env: { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository } });
      const { first, second } = await exampleReleases(host);
      const name = first.debs[0] ?? '';
      const bytes = await readFile(join(first.folder, name));
      const asset = { id: 1, name, label: null, contentType: 'application/vnd.debian.binary-package', bytes, state: 'uploaded' } as const;
      github.addRelease({ tag: 'v1.0.0', draft: false, assets: [asset] });
      github.addRelease({ tag: 'v0.9.0', draft: false });
      github.addRelease({ tag: 'v2.0.0', draft: true });
      const told = await smoke(host, { manifest: second.manifest, source: 'second', previous: 'github' });
      expect([told.outcome, found(told)]).toEqual(['passed', []]);
      expect(github.violations).toEqual([]);
      const notes = new Map(told.steps.map(({ name: step, note }) => [step, note]));
      const configuration = '/etc/hello-service/hello-service.conf';
      expect(notes.get('find previous')).toBe('hello-service 1.0.0, from v1.0.0 of owner/project');
      expect(notes.get('change by hand')).toContain(`changed ${configuration}`);
      expect(notes.get('upgrade')).toBe(
        `one configuration file changed by hand kept; a person would have been asked about ${configuration}`,
      );
      expect(told.steps.filter(({ result }) => result !== 'passed')).toEqual([]);
      expect(told.steps.map(({ name: step }) => step)).toEqual([
        ...['find previous', 'dependencies', 'boot', 'install previous'],
        ...['services (previous)', 'health checks (previous)', 'commands (previous)', 'change by hand', 'figures (previous)'],
        ...['upgrade', 'services (upgraded)', 'health checks (upgraded)', 'commands (upgraded)'],
        ...['roll back', 'services (rolled back)', 'health checks (rolled back)', 'commands (rolled back)'],
        ...['forward again', 'services (forward again)', 'purge', 'leftovers'],
      ]);
    },
    long,
  );

  test(
    'each way in which an upgrade does harm is named',
    async () => {
      await using host = await machineHost();
      const { out, files } = await build(host, 'previous', [
        daemon('over', '1.0'),
        daemon('back', '1.0', { program: format(1) }),
        daemon('stay', '1.0'),
        daemon('moved', '1.0', { unit: 'moved-old.service', conffile: 'moved-old.conf' }),
      ]);
      await manifestOf(out, files);
      const now = await build(host, 'out', [
        daemon('over', '2.0', {
          program: '',
          postinst:
            'systemctl enable --quiet over.service\nif [ -n "$2" ]; then echo "# mine" > /etc/over.conf; rm -rf /var/lib/over/*; fi',
        }),
        daemon('back', '2.0', { program: format(2) }),
        daemon('stay', '2.0', { restart: 'never' }),
        daemon('moved', '2.0', { unit: 'moved-new.service', conffile: 'moved-new.conf' }),
      ]);
      await manifestOf(now.out, now.files);
      const told = await smoke(host, { previous: './previous/manifest.json' });
      expect(told.outcome).toBe('failed');
      const all = found(told);
      for (const expected of [
        'error conffile-overwritten: the conffile /etc/over.conf, changed by hand, lost the change after the upgrade',
        'error not-restarted: stay.service was neither restarted nor reloaded after the upgrade',
        'error unit-stays: moved-old.service is not in the package any more, and still runs after the upgrade',
        'warning obsolete-conffile: the conffile /etc/moved-old.conf is not in the new version, and stayed',
        'error state-lost: nothing is left of what /var/lib/over held before the upgrade',
        'error enabled-again: over.service was disabled by hand, and is enabled again after the second upgrade',
      ])
        expect(all).toContain(expected);
      expect(all).toContainEqual(expect.stringMatching(/^error state-broken: after the roll back: back\.service /));
    },
    long,
  );
});
