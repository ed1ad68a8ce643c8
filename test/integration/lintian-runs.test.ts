/** Whose lintian checks, and what it is told to leave out. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-lintian-check';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, rawPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

function lint(host: RecordingHost, given: Readonly<Record<string, string>>) {
  const context = { workspace: host.files.workspace, nameOf: (name: string) => `input ${name}` };
  return run(readInputs(spec, { 'fail-on': 'never', report: 'report.json', ...given }, context), host);
}

const fields =
  'Package: foreign\nVersion: 1.0\nArchitecture: all\nBugs: mailto:bugs@example.org\nMaintainer: A <a@example.org>\nDescription: x\n';

describeWithMachines('the lintian that is asked for', () => {
  test(
    'checks the packages of another distribution by the profile of their vendor, but for the tags that are suppressed',
    async () => {
      await using host = await machineHost();
      const out = join(host.files.workspace, 'out');
      await mkdir(out);
      const raw = await rawPackage(host, out, 'foreign_1.0_all.deb', fields);
      const tiny = await tinyPackage(host, out, { name: 'tiny', files: { 'opt/tiny/x': 'x\n' } });
      await manifestOf(out, [
        { ...raw, distribution: 'ubuntu:24.04' },
        { ...tiny, distribution: 'debian:12' },
      ]);
      const suppressed = 'no-copyright-file\ndir-or-fil-in-opt';
      await lint(host, { lintian: 'debian:12', 'suppress-tags': suppressed });
      const report = await readFile(join(host.files.workspace, 'report.json'), 'utf8');
      for (const told of ['ubuntu:24.04', 'debian:12', 'dir-or-file-in-opt']) expect(report).toContain(`"${told}"`);
      for (const tag of ['no-copyright-file', 'bugs-field-does-not-refer-to-debian-infrastructure']) expect(report).not.toContain(tag);
      expect(host.recorded.lines).toContainEqual(
        expect.stringMatching(/^warning: lintian 2\.\S+ knows no tag dir-or-fil-in-opt; did you mean dir-or-file-in-opt\?$/),
      );

      await lint(host, { lintian: 'debian:12', profile: 'debian' });
      expect(await readFile(join(host.files.workspace, 'report.json'), 'utf8')).toContain(
        'bugs-field-does-not-refer-to-debian-infrastructure',
      );
    },
    long,
  );
});
