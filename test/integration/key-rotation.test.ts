import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import { runProgram } from '@release-kit/cli';
import { clearSign, readSigningKey, type SigningKey, signContent } from '@release-kit/openpgp';
import { askApt, type MetRepository, releaseText } from '../support/apt-repository.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

/** Milliseconds; the first may have to make the base system. */
const long = 300_000;
const passphrase = 'of the drill';

let host: RecordingHost;
let folder = '';
let met: readonly MetRepository[] = [];

/** What users have: the folder of the key that they got. */
interface Client {
  readonly phase: string;
  readonly client: string;
  /** Folders of the keys by which the repository is signed in this phase. */
  readonly signedBy: readonly string[];
  readonly has: string;
  readonly served: boolean;
}

/** docs/keys.md: a subkey that takes the place of another one, under the same primary key. */
const subkeyRotation: readonly Client[] = [
  { phase: 'before', client: 'old', signedBy: ['first'], has: 'first', served: true },
  { phase: 'announce', client: 'old', signedBy: ['first'], has: 'first', served: true },
  { phase: 'announce', client: 'both', signedBy: ['first'], has: 'rotated', served: true },
  { phase: 'overlap', client: 'old', signedBy: ['first', 'rotated'], has: 'first', served: true },
  { phase: 'overlap', client: 'both', signedBy: ['first', 'rotated'], has: 'rotated', served: true },
  { phase: 'new-key-only', client: 'both', signedBy: ['rotated'], has: 'rotated', served: true },
  { phase: 'new-key-only', client: 'new', signedBy: ['rotated'], has: 'retired', served: true },
  { phase: 'old-key-gone', client: 'both', signedBy: ['rotated'], has: 'rotated', served: true },
  { phase: 'old-key-gone', client: 'new', signedBy: ['rotated'], has: 'retired', served: true },
  // Why there is an overlap at all.
  { phase: 'without-overlap', client: 'old', signedBy: ['rotated'], has: 'first', served: false },
];

/** A whole key that takes the place of another one. */
const keyReplacement: readonly Client[] = [
  { phase: 'announce', client: 'old', signedBy: ['first'], has: 'first', served: true },
  { phase: 'announce', client: 'both', signedBy: ['first'], has: 'replaced', served: true },
  { phase: 'overlap', client: 'old', signedBy: ['first', 'replaced'], has: 'first', served: true },
  { phase: 'overlap', client: 'both', signedBy: ['first', 'replaced'], has: 'replaced', served: true },
  { phase: 'overlap', client: 'new', signedBy: ['first', 'replaced'], has: 'new-only', served: true },
  { phase: 'new-key-only', client: 'both', signedBy: ['replaced'], has: 'replaced', served: true },
  { phase: 'new-key-only', client: 'new', signedBy: ['replaced'], has: 'new-only', served: true },
  { phase: 'old-key-gone', client: 'both-revoked', signedBy: ['replaced'], has: 'both-revoked', served: true },
  { phase: 'old-key-gone', client: 'new', signedBy: ['replaced'], has: 'new-only', served: true },
];

/** Somebody else may sign by now. */
const emergency: readonly Client[] = [
  { phase: 'stolen', client: 'revoked-key', signedBy: ['first'], has: 'first-revoked', served: false },
  { phase: 'stolen', client: 'revoked-subkey', signedBy: ['first'], has: 'emergency', served: false },
  { phase: 'mended', client: 'revoked-subkey', signedBy: ['emergency'], has: 'emergency', served: true },
  { phase: 'mended', client: 'not-yet-updated', signedBy: ['emergency'], has: 'first', served: false },
];

const drills = { subkey: subkeyRotation, key: keyReplacement, emergency } as const;

describeWithMachines('the rotation drill', () => {
  beforeAll(async () => {
    host = await machineHost();
    folder = await mkdtemp(join(tmpdir(), 'drill-'));
    await key('new', '--user-id', 'Drill <drill@example.org>', '--output', 'first');
    await key('rotate', 'first/signing-key-offline.asc', '--output', 'rotated');
    await key('revoke', 'rotated/signing-key-offline.asc', '--output', 'retired', '--subkey', (await signer('first')).signingFingerprint);
    await key('new', '--user-id', 'New <new@example.org>', '--output', 'replaced', '--replaces', 'first/signing-key.asc');
    await key('export', 'replaced/signing-key-offline.asc', '--output', 'new-only');
    const revocation = ['--revocation', 'first/signing-key-revocation.asc'];
    await key('export', 'replaced/signing-key.asc', ...revocation, '--output', 'both-revoked');
    await key('export', 'first/signing-key.asc', ...revocation, '--output', 'first-revoked');
    const stolen = (await signer('first')).signingFingerprint;
    await key('rotate', 'first/signing-key-offline.asc', '--output', 'emergency', '--revoke', stolen);
    met = await Promise.all(everyone().map(([name, client]) => meet(name, client)));
  }, long);

  afterAll(async () => {
    await rm(folder, { recursive: true });
    await host[Symbol.asyncDispose]();
  });

  test.each(['debian:12', 'debian:13'])(
    'breaks no client of %s in any of the four phases, and a revoked key is refused',
    async (distribution) => {
      const verdicts = await askApt(host, distribution, met);
      const wanted = everyone().map(([name, { served }]) => ({ name, served }));
      expect(verdicts.map(({ name, accepted }) => ({ name, served: accepted }))).toEqual(wanted);
    },
    long,
  );
});

/** Sorted by name, as apt is asked. */
function everyone(): readonly (readonly [string, Client])[] {
  const all = Object.entries(drills).flatMap(([drill, clients]) =>
    clients.flatMap((one) => ['inside', 'beside'].map((where) => [`${drill}.${one.phase}.${one.client}.${where}`, one] as const)),
  );
  return all.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** As a person does: by the command line. */
async function key(...args: string[]): Promise<void> {
  let said = '';
  const stream = {
    write: (text: string) => {
      said += text;
    },
  };
  const env = { ...process.env, RELEASE_KIT_PASSPHRASE: passphrase };
  const exitCode = await runProgram(['key', ...args], { env, stdout: stream, stderr: stream, cwd: folder });
  if (exitCode !== 0) throw new Error(`key ${args.join(' ')}: ${said}`);
}

/** What the secret of the repository is in that phase. */
async function signer(name: string): Promise<SigningKey> {
  return readSigningKey(await readFile(join(folder, name, 'signing-key-secret.txt'), 'utf8'), passphrase, host.clock.now());
}

async function meet(name: string, { signedBy, has }: Client): Promise<MetRepository> {
  const now = host.clock.now();
  const keys = await Promise.all(signedBy.map(signer));
  const text = releaseText(now - 60_000);
  const inside = name.endsWith('.inside');
  const file = inside ? 'signing-key.asc' : 'signing-key.gpg';
  return {
    name,
    release: inside
      ? { inRelease: await clearSign(keys, text, now) }
      : { text, gpg: (await signContent(keys, Buffer.from(text), now)).armored },
    key: { file, content: await readFile(join(folder, has, file)) },
  };
}
