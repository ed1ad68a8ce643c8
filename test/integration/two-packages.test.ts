import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

const example = join(exampleFolder, '../two-packages');
/** Milliseconds; the first build may have to make the base system. */
const long = 600_000;

function buildWith(host: RecordingHost, given: Readonly<Record<string, string>>) {
  return run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

describeWithMachines('a package that needs another of the same repository', () => {
  test(
    'is refused at its line of debian/control without it, and built with it',
    async () => {
      await using host = await machineHost();
      await cp(example, host.files.workspace, { recursive: true });
      await expect(buildWith(host, { source: 'greeter', output: 'two' })).rejects.toThrowWithCode('E_BUILD_DEPENDS', /libgreeting-dev/);
      await buildWith(host, { source: 'libgreeting', output: 'one' });
      const built = await buildWith(host, { source: 'greeter', output: 'two', 'local-packages': 'one' });
      expect(built.packages.split('\n')).toEqual(['greeter-dbgsym_1.0.0_amd64.deb', 'greeter_1.0.0_amd64.deb']);
      const { stdout } = await host.exec(['dpkg-deb', '--field', join(host.files.workspace, 'two', 'greeter_1.0.0_amd64.deb'), 'Depends']);
      expect(stdout).toMatch(/libgreeting1 \(>= 1\.0\.0\)/);
      expect(host.recorded.lines.join('\n')).toMatch(/packages of your own for the build: libgreeting-dev_1\.0\.0_amd64\.deb/);
    },
    long,
  );
});
