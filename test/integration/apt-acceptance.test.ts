import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeOf, type RecordingHost } from '@release-kit/action';
import { clearSign, newKeyFiles, publishedKey, readSigningKey, reportKeys, type SigningKey, signContent } from '@release-kit/openpgp';
import { askApt, type MetRepository, releaseText } from '../support/apt-repository.ts';
import { type GpgKeys, gpgKeys } from '../support/gpg-keys.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

/** Milliseconds; the first may have to make the base system. */
const long = 300_000;
const distributions = ['debian:12', 'debian:13'] as const;

let host: RecordingHost;
let keys: GpgKeys;
let accepted: readonly MetRepository[] = [];
let refusedByUs: readonly (readonly [string, string])[] = [];
let refusable: readonly MetRepository[] = [];

/** When everything is signed: after the keys were made, and not in the future, which apt 3 refuses. */
let now = 0;

describeWithMachines('a repository signed by us', () => {
  beforeAll(async () => {
    host = await machineHost();
    keys = await gpgKeys(host);
    const secrets = await goodKeys();
    now = Date.now();
    accepted = (await Promise.all(secrets.map(([name, secret], index) => signedByUs(name, secret, index)))).flat();
    await weakOnes();
  }, long);

  afterAll(async () => {
    await keys[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();
  });

  test.each(distributions)(
    'is accepted by apt of %s without a warning, whatever the kind of key and in both forms of it',
    async (distribution) => {
      const verdicts = await askApt(host, distribution, accepted);
      expect(verdicts.filter((verdict) => !verdict.accepted)).toEqual([]);
      expect(verdicts).toHaveLength(accepted.length);
    },
    long,
  );

  test.each(distributions)(
    'or by others: apt of %s refuses what we refuse, and more',
    async (distribution) => {
      const verdicts = await askApt(host, distribution, refusable);
      const told = verdicts.map(({ name, accepted: good, said }) => {
        const reason = refusals[name]?.[distribution];
        return { name, as: good === (reason === undefined) && (reason === undefined || reason.test(said)) ? 'expected' : said };
      });
      expect(told).toEqual(Object.keys(refusals).map((name) => ({ name, as: 'expected' })));
    },
    long,
  );

  test('is not signed with a key that any apt refuses', async () => {
    for (const [name, content] of refusedByUs) {
      const [{ parts = [] } = {}] = (await reportKeys({ name, content }, now)).keys;
      const refused = parts[0]?.opinions.map(({ refusal }) => refusal !== undefined);
      expect([name, refused]).toEqual([name, distributions.map((distribution) => refusals[name]?.[distribution] !== undefined)]);
    }
    const codes = refusedByUs.map(([, secret]) => readSigningKey(secret, undefined, now).then(() => 'accepted', codeOf));
    for (const code of await Promise.all(codes)) expect(code).toMatch(/^E_KEY_/);
    expect(refusedByUs.map(([name]) => name)).toEqual(['rsa1024', 'dsa2048', 'brainpool', 'secp256k1', 'self-signature-sha1']);
  });
});

/** What apt says where it refuses; sorted by name. */
const refusals: Readonly<Record<string, Readonly<Partial<Record<(typeof distributions)[number], RegExp>>>>> = {
  brainpool: { 'debian:13': /brainpool/i },
  changed: { 'debian:12': /BADSIG/, 'debian:13': /Message has been manipulated/ },
  crlf: { 'debian:12': /NO_PUBKEY/ },
  dsa1024: { 'debian:12': /signatures were invalid/, 'debian:13': /SHA1 is not considered secure/ },
  dsa2048: { 'debian:13': /DSA/ },
  'expired-lists': { 'debian:12': /is expired/, 'debian:13': /is expired/ },
  future: { 'debian:12': /not valid yet/, 'debian:13': /not valid yet/ },
  rsa1024: { 'debian:13': /RSA/ },
  secp256k1: { 'debian:13': /./ },
  'self-signature-sha1': { 'debian:13': /SHA1 is not considered secure/ },
  'signature-sha1': { 'debian:12': /signatures were invalid/, 'debian:13': /SHA1/ },
  'wrong-key': { 'debian:12': /NO_PUBKEY/, 'debian:13': /Missing key/ },
};

/** Secret keys as gpg and we make them, by name. */
async function goodKeys(): Promise<readonly (readonly [string, string])[]> {
  const secrets: [string, string][] = [];
  for (const algorithm of ['ed25519', 'rsa3072', 'rsa4096', 'nistp256', 'nistp384']) {
    const primary = await keys.make(algorithm);
    secrets.push([`${algorithm}-primary`, await keys.gpg(['--armor', '--export-secret-keys', primary])]);
    const withSubkey = await keys.make(algorithm, { usage: 'cert', subkey: true });
    secrets.push([`${algorithm}-subkey`, await keys.gpg(['--armor', '--export-secret-keys', withSubkey])]);
    secrets.push([`${algorithm}-subkeys-only`, await keys.gpg(['--armor', '--export-secret-subkeys', withSubkey])]);
  }
  for (const algorithm of ['ed25519', 'rsa4096'] as const) {
    const files = await newKeyFiles({ userId: { name: 'A Person' }, algorithm, validDays: 730 }, undefined, Date.now() - 60_000);
    secrets.push([`own-${algorithm}`, files.secret]);
  }
  return secrets;
}

/** Signed inside and beside, with both forms of the key: each pair of them once for every two kinds. */
async function signedByUs(name: string, secret: string, index: number): Promise<readonly MetRepository[]> {
  const key = await readSigningKey(secret, undefined, now);
  const { armored, binary } = await publishedKey([key.certificate], now);
  const forms = [
    { file: 'key.asc', content: armored },
    { file: 'key.gpg', content: binary },
  ] as const;
  const [inside, beside] = index % 2 === 0 ? forms : [forms[1], forms[0]];
  return [
    { name: `${name}-inside`, release: { inRelease: await inRelease(key) }, key: inside },
    { name: `${name}-beside`, release: await releaseBeside(key), key: beside },
  ];
}

function inRelease(key: SigningKey, text = releaseText(now - 60_000)): Promise<string> {
  return clearSign([key], text, now);
}

async function releaseBeside(key: SigningKey): Promise<MetRepository['release']> {
  const text = releaseText(now - 60_000);
  return { text, gpg: (await signContent([key], Buffer.from(text), now)).armored };
}

/** What the library would not do at all is done by gpg. */
async function weakOnes(): Promise<void> {
  const secrets: [string, string][] = [];
  const repositories: MetRepository[] = [];
  const byGpg = async (name: string, fingerprint: string, ...more: string[]): Promise<void> => {
    const signed = await keys.gpg(['--local-user', fingerprint, ...more, '--clearsign'], releaseText(now - 60_000));
    repositories.push({ name, release: { inRelease: signed }, key: { file: 'key.gpg', content: await keys.publicKey(fingerprint) } });
  };
  const weakKey = async (name: string, algorithm: string, more: readonly string[] = []): Promise<void> => {
    const fingerprint = await keys.make(algorithm, { more });
    secrets.push([name, await keys.gpg(['--armor', '--export-secret-keys', fingerprint])]);
    await byGpg(name, fingerprint);
  };
  await weakKey('rsa1024', 'rsa1024');
  await weakKey('dsa2048', 'dsa2048');
  await weakKey('brainpool', 'brainpoolP256r1');
  await weakKey('secp256k1', 'secp256k1');
  await weakKey('self-signature-sha1', 'rsa3072', ['--cert-digest-algo', 'SHA1']);
  await byGpg('dsa1024', await keys.make('dsa1024'));
  const good = await keys.make('ed25519');
  await byGpg('signature-sha1', good, '--digest-algo', 'SHA1');
  const key = await readSigningKey(await keys.gpg(['--armor', '--export-secret-keys', good]), undefined, now);
  const { armored, binary } = await publishedKey([key.certificate], now);
  const met = (name: string, text: string, file: string, content: string | Uint8Array): void => {
    repositories.push({ name, release: { inRelease: text }, key: { file, content } });
  };
  const signed = await inRelease(key);
  met('changed', signed.replace('Probe', 'Robbe'), 'key.asc', armored);
  met('wrong-key', signed, 'key.gpg', await keys.publicKey(await keys.make('ed25519')));
  met('crlf', signed, 'key.asc', armored.replaceAll('\n', '\r\n'));
  met('future', await inRelease(key, releaseText(now + 3_600_000)), 'key.gpg', binary);
  met('expired-lists', await inRelease(key, releaseText(now - 8 * 24 * 3_600_000)), 'key.gpg', binary);
  refusable = repositories.sort((a, b) => (a.name < b.name ? -1 : 1));
  refusedByUs = secrets;
}
