import { test } from '@jest/globals';
import { describeWithMachines } from '../support/machine-host.ts';
import { smokeArchived } from '../support/smoke-archive.ts';

/** Milliseconds; the first run has to make base systems. The other daemons and releases are in test/long. */
const long = 600_000;

describeWithMachines('packages of the distribution live their whole life', () => {
  test('redis, with its database', () => smokeArchived('redis', { distribution: 'debian:12', architecture: 'amd64' }), long);
  test('tinyproxy on Debian 13', () => smokeArchived('tinyproxy', { distribution: 'debian:13', architecture: 'amd64' }), long);
});
