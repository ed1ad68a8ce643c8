import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-lintian-check';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';
import { takesAll } from '../support/selection.ts';

/** Milliseconds; the first test may have to make the base system and the layer with the tools. */
const long = 600_000;

function lint(host: RecordingHost, given: Readonly<Record<string, string>>) {
  return run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

const postinst = `#!/bin/sh
set -e
chown root $1
#DEBHELPER#
cd /var/lib/gloomy; echo $2
`;

/** What debhelper makes of it. */
const builtPostinst = `chown root $1
# Automatically added by dh_installsystemd/13.11.4
if [ "$1" = configure ]; then
  echo $_dh_action
fi
# End automatically added section

cd /var/lib/gloomy; echo $2`;

const unit = `[Unit]
Description=Gloomy
Nonsense=1

[Service]
ExecStart=/usr/bin/gloomy
ExecStartPre=/bin/true
ExecReload=/usr/bin/not-there

[Install]
WantedBy=multi-user.target
`;

const entry = '[Desktop Entry]\nType=Application\nName=Gloomy\nExec=gloomy %z\n';
const metainfo = `<?xml version="1.0" encoding="UTF-8"?>
<component type="console-application">
  <id>org.example.gloomy</id>
  <metadata_license>GPL-3.0+</metadata_license>
</component>
`;
const log = `dpkg-buildpackage: info: source package gloomy
dpkg-buildpackage: info: host architecture arm64
aarch64-linux-gnu-gcc -g -O2 -c -o main.o src/main.c
`;

/** A source tree, the package it would build, and the log of that build. */
async function sample(host: RecordingHost, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const debian = join(host.files.workspace, 'debian');
  await mkdir(debian);
  const control = 'Source: gloomy\nMaintainer: A <a@example.org>\n\nPackage: gloomy\nArchitecture: all\nDescription: a\n';
  const sources = {
    control,
    rules: '#!/usr/bin/make -f\n%:\n\tdh $@\n',
    postinst,
    'gloomy.service': unit,
    install: 'debian/gloomy.desktop usr/share/applications\n',
    'gloomy.desktop': entry,
  };
  for (const [name, text] of Object.entries(sources)) await writeFile(join(debian, name), text);
  const out = join(host.files.workspace, 'out');
  await mkdir(join(out, 'logs'), { recursive: true });
  await writeFile(join(out, 'logs', 'build.log'), log);
  const files = {
    'usr/bin/gloomy': 'not executable\n',
    'lib/systemd/system/gloomy.service': unit,
    'usr/share/applications/gloomy.desktop': entry,
    'usr/share/metainfo/org.example.gloomy.metainfo.xml': metainfo,
    ...more,
  };
  const scripts = { postinst: builtPostinst, prerm: 'true' };
  await manifestOf(out, [await tinyPackage(host, out, { name: 'gloomy', files, scripts })]);
}

describeWithMachines('tools beside lintian', () => {
  test.each(takesAll ? ['debian:12', 'debian:13'] : ['debian:12'])(
    'what each tool of %s finds goes the way of lintian: severity, place, report',
    async (distribution) => {
      await using host = await machineHost();
      await sample(host, { 'usr/share/applications/line\r::error::feed.desktop': entry });
      const file = join(host.files.workspace, 'out', 'manifest.json');
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll('debian:12', distribution));
      const outputs = await lint(host, { also: 'all', 'fail-on': 'never', report: 'report.json' });
      expect(outputs.result).toBe('passed');
      const { findings } = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
      const found: readonly { tag: string; severity: string; status: string; source: string | null }[] = findings;
      const own = found.filter(({ tag }) => tag.includes('/')).map(({ tag, severity, status, source }) => [tag, severity, status, source]);
      expect(own).toEqual(
        expect.arrayContaining([
          ['blhc/CFLAGS-missing', 'warning', 'open', expect.stringMatching(/^debian\/rules/)],
          ['blhc/CPPFLAGS-missing', 'warning', 'open', expect.stringMatching(/^debian\/rules/)],
          ['desktop-file-validate/invalid-exec', 'error', 'open', expect.stringMatching(/^debian\/gloomy\.desktop:4$/)],
          ['appstreamcli/metadata-license-invalid', 'error', 'open', expect.anything()],
          ['shellcheck/SC2086', 'info', 'open', 'debian/postinst:3'],
          // Behind the lines of debhelper.
          ['shellcheck/SC2086', 'info', 'open', 'debian/postinst:5'],
          ['shellcheck/SC2154', 'warning', 'masked', expect.anything()],
          ['systemd-analyze/unknown-key', 'warning', 'open', 'debian/gloomy.service:3'],
          ['systemd-analyze/command-not-executable', 'error', 'open', 'debian/gloomy.service:6'],
          ['systemd-analyze/missing-command', 'info', 'open', 'debian/gloomy.service:8'],
        ]),
      );
      // /bin/true is in every system.
      expect(own.filter(([tag]) => tag === 'systemd-analyze/missing-command').length).toBe(1);
      expect(host.summary.text).toMatch(/line\\+x0d::error::feed\.desktop/);
      const printed = [...host.recorded.lines, ...host.recorded.annotations.map(({ message }) => message)].join('\n');
      expect(printed).not.toMatch(/^::error::feed/m);
    },
    long,
  );

  test(
    'what there is nothing to look at for is said',
    async () => {
      await using host = await machineHost();
      const out = join(host.files.workspace, 'out');
      await mkdir(out);
      await manifestOf(out, [await tinyPackage(host, out, { name: 'plain' })]);
      await lint(host, { also: 'all', 'fail-on': 'never' });
      expect(host.summary.text).toMatch(/no package has AppStream metainfo/);
      expect(host.summary.text).toMatch(/there is no build log/);
      expect(host.summary.text).toMatch(/no package has a maintainer script/);
    },
    long,
  );

  test(
    'a tool that ends before it is done is no success',
    async () => {
      await using host = await machineHost();
      const out = join(host.files.workspace, 'out');
      await mkdir(join(out, 'logs'), { recursive: true });
      await manifestOf(out, [await tinyPackage(host, out, { name: 'plain' })]);
      await writeFile(join(out, 'logs', 'build.log'), `${log}blhc: ignore-line-regexp: (\n`);
      await expect(lint(host, { also: 'all', 'fail-on': 'never' })).rejects.toThrowWithCode(
        'E_LINT_INCOMPLETE',
        /^blhc ended with exit code \d+ before it was done: .*[Uu]nmatched \(/,
      );
    },
    long,
  );
});
