import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildWith, long, runInstalled } from '../support/foreign-build.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { archivedSource } from '../support/source-archive.ts';

/** Name, what is run of it, what that says; distribution and strategy. */
const real = ['hello', 'memcached', 'jq'].flatMap((name) =>
  ['debian:12', 'debian:13'].flatMap((distribution) => ['cross', 'emulate'].map((strategy) => [name, distribution, strategy] as const)),
);
const proof: Readonly<Record<string, readonly [readonly [string, ...string[]], string]>> = {
  hello: [['hello'], 'Hello, world!'],
  memcached: [['memcached', '-V'], 'memcached 1.6'],
  jq: [['jq', '--null-input', '--compact-output', '[1, {"a": 2}]'], '[1,{"a":2}]'],
  gron: [['sh', '-c', 'echo 1 | gron'], 'json = 1;'],
};

async function proveReal(name: string, distribution: string, strategy: string, expected: string): Promise<void> {
  await using host = await machineHost();
  // One source for both distributions; mirrors drop sources of security updates, so jq is the one of the release.
  const dsc = await archivedSource(host, name === 'jq' ? 'jq/bookworm' : name);
  await cp(dirname(dsc), join(host.files.workspace, 'source'), { recursive: true });
  const outputs = await buildWith(host, { source: join('source', basename(dsc)), distribution, strategy });
  expect(outputs.strategy).toBe(expected);
  const [command, said] = proof[name] ?? [['false'], ''];
  expect(await runInstalled(host, distribution, command)).toContain(said);
}

describeWithMachines('packages of the archive for a foreign architecture', () => {
  test.each(real)(
    '%s on %s by %s is built, installed and run',
    (name, distribution, strategy) => proveReal(name, distribution, strategy, strategy),
    3 * long,
  );
  test('gron, which cannot cross, is emulated by auto', () => proveReal('gron', 'debian:12', 'auto', 'emulate'), 3 * long);
});
