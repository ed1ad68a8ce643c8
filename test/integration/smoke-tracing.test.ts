import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds. */
const long = 300_000;

type Texts = Readonly<Record<string, string>>;

/** Tries a package whose scripts are those of `debian/`, with what debhelper would put in; returns the error that ends the step. */
async function failureOf(host: RecordingHost, given: TinyPackage, source: Texts, more: Texts = {}): Promise<UserError> {
  const { workspace } = host.files;
  await mkdir(join(workspace, 'debian'));
  await writeFile(
    join(workspace, 'debian/control'),
    `Source: tested\nMaintainer: A <a@example.org>\n\nPackage: ${given.name}\nArchitecture: all\nDescription: a\n`,
  );
  for (const [name, text] of Object.entries(source)) await writeFile(join(workspace, 'debian', name), text);
  await mkdir(join(workspace, 'out'));
  await manifestOf(join(workspace, 'out'), [await tinyPackage(host, join(workspace, 'out'), given)]);
  const inputs = readInputs(spec, { timeout: '60s', ...more }, { workspace, nameOf: (name) => name });
  const error: unknown = await run(inputs, host).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error('not a UserError', { cause: error });
  return error;
}

const generated = '# Automatically added by dh_installsysusers/13.11.4\ntrue\n# End automatically added section';

describeWithMachines('the line of a maintainer script that failed', () => {
  test(
    'is shown in debian/, below what debhelper put in, with the last commands as evidence',
    async () => {
      await using host = await machineHost();
      const body = 'fill() {\n  echo "::error::x" > "$1/state"\n}\nif [ "$1" = configure ]; then\n  fill /srv/nowhere\nfi\n';
      const error = await failureOf(
        host,
        { name: 'filled', scripts: { postinst: `${generated}\n${body}` } },
        { 'filled.postinst': `#!/bin/sh\nset -e\n#DEBHELPER#\n${body}` },
      );
      expect(error).toMatchObject({ code: 'E_SMOKE_INSTALL', place: { file: 'debian/filled.postinst', line: 5 } });
      expect(error.message).toMatch(/^the postinst script of filled .*, at: echo ::error::x$/);
      const [evidence] = host.recorded.annotations;
      expect(evidence?.message).toMatch(
        /^The last commands of the postinst script, with their lines:\n.*\n10: fill \/srv\/nowhere\n7: echo ::error::x\n/s,
      );
      expect(host.recorded.lines.filter((line) => line.startsWith('::'))).toEqual([]);
    },
    long,
  );

  test(
    'is found in an upgrade as well, from a release that has no such script',
    async () => {
      await using host = await machineHost();
      const { workspace } = host.files;
      await mkdir(join(workspace, 'previous'));
      await tinyPackage(host, join(workspace, 'previous'), { name: 'moved', version: '0.9' });
      const body = 'if [ "$1 $2" = "upgrade 0.9" ]; then\n  mv /srv/none /srv/some\nfi\n';
      const error = await failureOf(
        host,
        { name: 'moved', scripts: { preinst: body } },
        { preinst: `#!/bin/sh\nset -e\n${body}` },
        { previous: './previous' },
      );
      expect(error).toMatchObject({ code: 'E_SMOKE_UPGRADE', place: { file: 'debian/preinst', line: 4 } });
      expect(error.message).toMatch(/^the upgrade from moved 0\.9 to moved 1\.0: .*, at: mv \/srv\/none \/srv\/some$/);
    },
    long,
  );
});
