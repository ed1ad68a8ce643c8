/** @slow 100 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first run installs the testers in layers. */
const long = 600_000;

async function trial(host: RecordingHost, given: TinyPackage, tree: Readonly<Record<string, string>>): Promise<UserError | undefined> {
  const { workspace } = host.files;
  await mkdir(join(workspace, 'out'));
  await manifestOf(join(workspace, 'out'), [await tinyPackage(host, join(workspace, 'out'), given)]);
  for (const [path, text] of Object.entries(tree)) {
    await mkdir(join(workspace, path, '..'), { recursive: true });
    await writeFile(join(workspace, path), text, { mode: 0o755 });
  }
  const inputs = readInputs(spec, { timeout: '5m', report: 'report.json' }, { workspace, nameOf: (name) => `input ${name}` });
  const error: unknown = await run(inputs, host).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined || error instanceof UserError) return error;
  throw new Error('not a UserError', { cause: error });
}

const control = `Source: probe
Maintainer: A <a@example.org>
Section: misc
Priority: optional
Standards-Version: 4.6.2

Package: probe
Architecture: all
Description: probe
 Probe.
`;
const changelog = 'probe (1.0) unstable; urgency=medium\n\n  * First.\n\n -- A <a@example.org>  Sat, 21 Nov 2026 10:00:00 +0000\n';

interface Track {
  readonly name: string;
  readonly outcome: string;
  readonly steps: readonly { readonly name: string; readonly note: string }[];
}

async function tracksOf(host: RecordingHost): Promise<readonly Track[]> {
  return JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8')).targets[0].tracks;
}

describeWithMachines('other testers', () => {
  test(
    'debian/tests are run beside systemd; what fails is at its own file, and what breaks the machine has one of its own',
    async () => {
      await using host = await machineHost();
      const error = await trial(
        host,
        { name: 'probe', files: { 'usr/share/probe/data': 'x\n' } },
        {
          'release-kit.yml': 'smoke: { recommends: false }\n',
          'debian/control': control,
          'debian/changelog': changelog,
          'debian/tests/control':
            'Tests: good, bad\nDepends: @\nRestrictions: isolation-container\n\nTests: wrecker\nDepends: @\nRestrictions: breaks-testbed, needs-root\n\n' +
            'Tests: whole\nRestrictions: isolation-machine\n',
          'debian/tests/good':
            '#!/bin/sh\ntest -e /usr/share/probe/data && systemctl is-active --quiet dbus.socket && test -e debian/tests/good\n',
          'debian/tests/bad': '#!/bin/sh\necho "::error::it does not work" >&2\nexit 3\n',
          'debian/tests/wrecker': '#!/bin/sh\nrm -r /usr/share/doc\n',
          'debian/tests/whole': '#!/bin/sh\nexit 1\n',
        },
      );
      expect(error).toMatchObject({
        code: 'E_SMOKE_TEST',
        message: expect.stringContaining('the test bad failed: non-zero exit status 3'),
        place: { file: 'debian/tests/bad', line: 1 },
      });
      const track = (await tracksOf(host)).find(({ name }) => name === 'autopkgtest');
      expect(track?.outcome).toBe('failed');
      expect(track?.steps.map(({ name }) => name)).toEqual(['prepare autopkgtest', 'tests', 'test wrecker']);
      const [, together, alone] = track?.steps ?? [];
      expect(together?.note).toMatch(/^whole was skipped \([^;]+\); good passed; bad failed .*; in machines of their own: wrecker$/);
      expect(alone?.note).toBe('wrecker passed');
      expect(host.recorded.lines.filter((line) => line.startsWith('::'))).toEqual([]);
    },
    long,
  );

  test(
    'piuparts runs when it is asked for, and its verdict is one of ours',
    async () => {
      await using host = await machineHost();
      const error = await trial(
        host,
        { name: 'probe', scripts: { postinst: 'echo made > /etc/probe-made' } },
        { 'release-kit.yml': 'smoke: { recommends: false, piuparts: true }\n' },
      );
      expect(error?.code).toBe('E_SMOKE_LEFTOVER');
      const track = (await tracksOf(host)).find(({ name }) => name === 'piuparts');
      expect(track?.outcome).toBe('failed');
      expect(JSON.stringify(track)).toContain('/etc/probe-made');
    },
    long,
  );
});
