import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ExecResult, type RecordingHost, readInputs } from '@release-kit/action';
import * as sign from '@release-kit/action-sign-artifacts';
import { runProgram } from '@release-kit/cli';
import { clearSign, readSigningKey, type SigningKey, signContent } from '@release-kit/openpgp';
import { askApt, type MetRepository, releaseText } from '../support/apt-repository.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';

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

const day = 24 * 60 * 60 * 1000;
/** After the day on which the phase begins, as `planRotation` has it; the clocks of clients stand there. Phases that are not listed are of today. */
const daysAfter: Readonly<Record<string, number>> = { overlap: 91, 'new-key-only': 271, 'without-overlap': 271, 'old-key-gone': 451 };

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
    await releases();
    met = await Promise.all(everyone().map(([name, client]) => meet(name, client)));
  }, long);

  afterAll(async () => {
    await rm(folder, { recursive: true });
    await host[Symbol.asyncDispose]();
  });

  test('has every release publish the key of its phase, by which older and newer releases verify', async () => {
    for (const [phase, has] of [
      ['announce', 'rotated'],
      ['overlap', 'rotated'],
      ['new-key-only', 'rotated'],
      ['old-key-gone', 'retired'],
    ] as const) {
      const published = join(folder, phase, 'signing-key.gpg');
      expect(await readFile(published)).toEqual(await readFile(join(folder, has, 'signing-key.gpg')));
      for (const verified of ['announce', 'overlap', 'new-key-only']) {
        // A retired subkey is a revoked one to gpgv: releases of then are verified with the key that came with them.
        const good = phase !== 'old-key-gone' || verified === 'new-key-only';
        expect({ phase, verified, good: await verifies(verified, published) }).toEqual({ phase, verified, good });
      }
    }
  });

  test('signs releases in the overlap by both keys: who has the old one only sees a good signature, and one that gpgv does not know', async () => {
    const { stdout, exitCode } = await gpgv('overlap', join(folder, 'first/signing-key.gpg'));
    expect(stdout.match(/^\[GNUPG:\] (GOODSIG|NO_PUBKEY) /gm)).toHaveLength(2);
    expect(exitCode).toBe(2);
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
async function signer(name: string, now = host.clock.now()): Promise<SigningKey> {
  return readSigningKey(await readFile(join(folder, name, 'signing-key-secret.txt'), 'utf8'), passphrase, now);
}

async function meet(name: string, { phase, signedBy, has }: Client): Promise<MetRepository> {
  const now = host.clock.now() + (daysAfter[phase] ?? 0) * day;
  const keys = await Promise.all(signedBy.map((each) => signer(each, now)));
  const text = releaseText(now - 60_000);
  const inside = name.endsWith('.inside');
  const file = inside ? 'signing-key.asc' : 'signing-key.gpg';
  return {
    name,
    release: inside
      ? { inRelease: await clearSign(keys, text, now) }
      : { text, gpg: (await signContent(keys, Buffer.from(text), now)).armored },
    key: { file, content: await readFile(join(folder, has, file)) },
    ...(daysAfter[phase] === undefined ? {} : { at: now }),
  };
}

/** Releases of each phase, signed by the action as a workflow does. */
async function releases(): Promise<void> {
  const secretOf = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
  const [announcing, added, kept] = await Promise.all(
    ['rotated/signing-key-old-secret.txt', 'rotated/signing-key-secret.txt', 'retired/signing-key-secret.txt'].map(secretOf),
  );
  const built = join(host.files.workspace, 'built');
  await mkdir(built);
  const manifest = await manifestOf(built, [await tinyPackage(host, built, { name: 'probe' })]);
  for (const [phase, key, second, published] of [
    ['announce', announcing, undefined, 'rotated'],
    ['overlap', announcing, added, 'rotated'],
    ['new-key-only', added, undefined, 'rotated'],
    ['old-key-gone', kept, undefined, 'retired'],
  ]) {
    const given = {
      manifest,
      'public-key': join(folder, published ?? '', 'signing-key.asc'),
      output: join(folder, phase ?? ''),
      key: key ?? '',
      passphrase,
      ...(second === undefined ? {} : { 'second-key': second, 'second-passphrase': passphrase }),
    };
    await sign.run(readInputs(sign.spec, given, { workspace: host.files.workspace, nameOf: (input) => input }), host);
  }
}

/** gpgv ends well for revoked keys too, and says what they are. */
async function verifies(phase: string, keyring: string): Promise<boolean> {
  const { exitCode, stdout } = await gpgv(phase, keyring);
  return exitCode === 0 && /^\[GNUPG:\] GOODSIG /m.test(stdout) && !/REVKEYSIG/.test(stdout);
}

function gpgv(phase: string, keyring: string): Promise<ExecResult> {
  const sums = join(folder, phase, 'SHA256SUMS');
  return host.exec(['gpgv', '--status-fd', '1', '--keyring', keyring, `${sums}.asc`, sums], { allow: 'any' });
}
