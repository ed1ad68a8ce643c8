import { test } from '@jest/globals';
import { describeWithMachines } from '../support/machine-host.ts';
import { archivedDaemons, archivedNames, smokeArchived } from '../support/smoke-archive.ts';

/** Milliseconds; the first run has to make base systems, the foreign one emulated. */
const long = 1_200_000;

const rows = ['debian:12', 'debian:13'].flatMap((distribution) =>
  archivedNames.map((name) => [name, archivedDaemons[name].kind, distribution] as const),
);

describeWithMachines('packages of the distribution live their whole life', () => {
  test.each(rows)(
    '%s (%s) on %s',
    async (name, _, distribution) => {
      await smokeArchived(name, { distribution, architecture: 'amd64' });
    },
    long,
  );

  test(
    // uuidd wants user namespaces (PrivateUsers=), which QEMU's user emulation does not have.
    'tinyproxy in an emulated machine',
    () => smokeArchived('tinyproxy', { distribution: 'debian:12', architecture: 'arm64' }),
    long,
  );
});
