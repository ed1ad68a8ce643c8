import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { type BuiltPackage, builtPackage } from '../support/built-package.ts';
import { type GpgKeys, gpgKeys } from '../support/gpg-keys.ts';
import { runAction } from '../support/hostile.ts';
import type { Job, StepResult } from '../support/runner/index.ts';
import { startJob } from '../support/runner/index.ts';

const minute = 60_000;
const dist = join(import.meta.dirname, '../../dist');
const day = 24 * 60 * minute;
/** Commands of a runner, HTML, a table cell and a link in the name of a key's owner. */
const hostileName = '::error::planted <img src=x>|[a](javascript:alert(1)) @someone ##[error]planted';

let host: RecordingHost;
let keys: GpgKeys;
let built: BuiltPackage;

beforeAll(async () => {
  host = await recordingHost();
  keys = await gpgKeys(host);
  built = await builtPackage(host);
}, 2 * minute);

afterAll(async () => {
  await keys[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

interface MadeKey {
  readonly usage?: string;
  readonly expires?: string;
  /** Milliseconds from now. */
  readonly made?: number;
}

/** Makes a key at a time of its own; returns its fingerprint. */
async function make(user: string, algorithm = 'ed25519', { usage = 'sign', expires = '0', made = -day }: MadeKey = {}): Promise<string> {
  const clock = ['--faked-system-time', `${Math.floor((Date.now() + made) / 1000)}!`];
  await keys.gpg([...clock, '--allow-freeform-uid', '--quick-gen-key', user, algorithm, usage, expires]);
  return /^fpr:+([0-9A-F]{40}):/m.exec(await keys.gpg([...clock, '--with-colons', '--list-keys', `=${user}`]))?.[1] ?? '';
}

const secretOf = (fingerprint: string): Promise<string> => keys.gpg(['--armor', '--export-secret-keys', fingerprint]);

const withPackages = (workspace: string): Promise<void> => cp(built.folder, join(workspace, 'out'), { recursive: true });

function errorOf({ annotations }: StepResult): string | undefined {
  return annotations.find(({ level }) => level === 'error')?.properties['title'];
}

describe('signing with everything there is', () => {
  let job: Job;
  let signed: StepResult;
  let folder = '';
  let fingerprint = '';
  let second = '';

  beforeAll(async () => {
    fingerprint = await make(hostileName, 'ed25519', { expires: '20d' });
    second = await make('Next', 'rsa3072');
    job = await startJob();
    await withPackages(job.workspace);
    folder = join(job.workspace, 'out/signed');
    signed = await job.run(join(dist, 'sign-artifacts'), {
      'manifest-digest': built.digest,
      key: Buffer.from(await secretOf(fingerprint)).toString('base64'),
      'second-key': (await secretOf(second)).replaceAll('\n', '\\n'),
      'key-name': 'tiny-archive-keyring',
      checksums: 'sha256\nsha512\nblake2',
      signatures: 'asc\nsig',
      'control-files': 'true',
      'deb-signature': 'origin',
    });
  }, 2 * minute);

  afterAll(async () => {
    await job[Symbol.asyncDispose]();
  });

  test('ends well, and leaves all of it and nothing else', () => {
    expect({ conclusion: signed.conclusion, errors: signed.annotations.filter(({ level }) => level === 'error') }).toEqual({
      conclusion: 'success',
      errors: [],
    });
    const lists = ['SHA256SUMS', 'SHA512SUMS', 'B2SUMS', 'tiny-archive-keyring.pol'];
    const names = Object.values(built.names);
    const released = [...names.map((name) => name.replace('~', '.')), ...lists];
    expect(readdirSync(folder).sort()).toEqual(
      [
        ...names,
        ...lists,
        ...released.flatMap((name) => [`${name}.asc`, `${name}.sig`]),
        'manifest.json',
        'tiny-archive-keyring.asc',
        'tiny-archive-keyring.gpg',
      ].sort(),
    );
  });

  test('outputs name what was made, and the first fingerprint is the one that users know', () => {
    const { outputs } = signed;
    expect(outputs).toMatchObject({
      fingerprint: `${fingerprint}\n${second}`,
      manifest: join(folder, 'manifest.json'),
      'manifest-digest': expect.stringMatching(/^[0-9a-f]{64}$/),
      'public-key': join(folder, 'tiny-archive-keyring.asc'),
      checksums: ['SHA256SUMS', 'SHA512SUMS', 'B2SUMS'].map((name) => join(folder, name)).join('\n'),
    });
    expect(outputs['signatures']?.split('\n')).toHaveLength((Object.keys(built.names).length + 4) * 2);
  });

  test('a near expiry is a warning on the page, with date and fingerprint', () => {
    const warnings = signed.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`${fingerprint}.* \\d{4}-\\d\\d-\\d\\d`))]);
  });

  test('the summary names both keys and what verified, and the hostile owner is text', () => {
    expect(signed.summary).toMatch(/^- Signed by .*\n- and, while keys are rolled over, by Next \(RSA 3072/m);
    expect(signed.summary).toMatch(/verified by gpgv \d/);
    expect(signed.summary).not.toMatch(/<img|(?<!\\)\]\(javascript|@someone/);
  });

  test(
    'draft-release takes it all under the names that users download; sums and every signature hold there',
    async () => {
      await writeFile(join(job.workspace, 'notes.md'), 'Notes\n');
      const drafted = await job.run(join(dist, 'draft-release'), {
        assets: 'out/signed',
        'manifest-digest': signed.outputs['manifest-digest'] ?? '',
        fingerprint: signed.outputs['fingerprint'] ?? '',
        'key-name': 'tiny-archive-keyring',
        tag: 'v1.0.0-rc.1',
        notes: 'notes.md',
        output: 'release',
      });
      expect({ conclusion: drafted.conclusion, error: errorOf(drafted) }).toEqual({ conclusion: 'success', error: undefined });
      const release = join(job.workspace, 'release');
      for (const [program, list] of [
        ['sha256sum', 'SHA256SUMS'],
        ['sha512sum', 'SHA512SUMS'],
        ['b2sum', 'B2SUMS'],
      ] as const)
        await host.exec([program, '--check', '--strict', list], { cwd: release });
      const signatures = readdirSync(release).filter((name) => /\.(?:asc|sig)$/.test(name) && name !== 'tiny-archive-keyring.asc');
      expect(signatures).toHaveLength((Object.keys(built.names).length + 4) * 2);
      for (const name of signatures) {
        const { stdout } = await host.exec(
          ['gpgv', '--status-fd', '1', '--keyring', './tiny-archive-keyring.gpg', name, name.slice(0, -4)],
          { cwd: release },
        );
        expect(
          stdout
            .match(/^\[GNUPG:\] VALIDSIG (\S+)/gm)
            ?.map((line) => line.split(' ')[2])
            .sort(),
        ).toEqual([fingerprint, second].sort());
      }
    },
    minute,
  );

  test('who knows only one of both keys sees its good signature, and an exit code of gpgv that the summary tells', async () => {
    await writeFile(join(folder, '../one.asc'), await keys.gpg(['--armor', '--export', second]));
    await host.exec([
      'gpg',
      '--homedir',
      keys.path('.'),
      '--batch',
      '--yes',
      '--output',
      join(folder, '../one.gpg'),
      '--dearmor',
      join(folder, '../one.asc'),
    ]);
    const one = ['--status-fd', '1', '--keyring', join(folder, '../one.gpg'), 'SHA256SUMS.asc', 'SHA256SUMS'] as const;
    const gpgv = await host.exec(['gpgv', ...one], { cwd: folder, allow: 'any' });
    expect({ exitCode: gpgv.exitCode, valid: gpgv.stdout.includes(`VALIDSIG ${second}`) }).toEqual({ exitCode: 2, valid: true });
    expect(signed.summary).toContain('gpgv ends with exit code 2');
    const { stdout } = await host.exec(['sqv', '--keyring', '../one.asc', 'SHA256SUMS.asc', 'SHA256SUMS'], { cwd: folder });
    expect(stdout).toContain(second);
  });

  test(
    'mode verify accepts the release by the fingerprint alone, and finds a changed package',
    async () => {
      const verify = () => job.run(join(dist, 'sign-artifacts'), { mode: 'verify', 'signed-files': 'release', fingerprint });
      const good = await verify();
      expect({ conclusion: good.conclusion, error: errorOf(good) }).toEqual({ conclusion: 'success', error: undefined });
      await writeFile(join(job.workspace, 'release', built.names.deb.replace('~', '.')), 'another', { flag: 'a' });
      const bad = await verify();
      expect({ conclusion: bad.conclusion, error: errorOf(bad) }).toEqual({ conclusion: 'failure', error: 'sign-artifacts: E_SIGNATURE' });
      expect(bad.summary).toContain(built.names.deb.replace('~', '.'));
    },
    minute,
  );

  test('control files are signed inside, and list the digests of what lies beside them', async () => {
    for (const name of [built.names.dsc, built.names.changes]) {
      await host.exec(['gpgv', '--keyring', './tiny-archive-keyring.gpg', name], { cwd: folder });
      const text = await readFile(join(folder, name), 'utf8');
      const listed = /^Checksums-Sha256:\n((?: .*\n)+)/m.exec(text)?.[1] ?? '';
      const sums = listed
        .trimEnd()
        .split('\n')
        .map((line) => line.trim().split(' '))
        .map(([sum, , file]) => `${sum}  ${file}\n`);
      expect(sums.length).toBeGreaterThan(0);
      await host.exec(['sha256sum', '--check', '--strict'], { cwd: folder, stdin: sums.join('') });
    }
  });

  test(
    'signing once more, by another key, replaces the folder as a whole, and the packages that were built are as they were',
    async () => {
      const names = readdirSync(folder);
      const again = await job.run(join(dist, 'sign-artifacts'), { 'manifest-digest': built.digest, 'throw-away-key': 'true' });
      expect(again.conclusion).toBe('success');
      expect(readdirSync(folder)).not.toEqual(names);
      expect(readFileSync(join(job.workspace, 'out', built.names.dsc))).toEqual(readFileSync(join(built.folder, built.names.dsc)));
    },
    minute,
  );
});

test(
  'K17 a temporary folder with a path longer than gpg can bear is none of our business: no gpg signs',
  async () => {
    const long = join(host.files.workspace, ...Array.from({ length: 4 }, () => 'a-folder-with-a-long-name-indeed'));
    await mkdir(long, { recursive: true });
    const step = await runAction('sign-artifacts', {
      inputs: { key: await good() },
      options: { env: { TMPDIR: long } },
      prepare: withPackages,
    });
    expect({ conclusion: step.conclusion, error: errorOf(step) }).toEqual({ conclusion: 'success', error: undefined });
    expect(readdirSync(long)).toEqual([]);
  },
  minute,
);

test.each([
  '::error::planted',
  '../planted.deb',
  'a\n##[error]planted',
  'a`b|c.deb',
  '\u001b[31ma.deb',
  '-k.deb',
  'SHA256SUMS',
  'signing-key.asc',
])(
  'a manifest with a file called %j is refused, and nothing is signed or obeyed',
  async (path) => {
    const step = await runAction('sign-artifacts', {
      inputs: { 'throw-away-key': 'true' },
      prepare: async (workspace) => {
        await withPackages(workspace);
        const manifest = join(workspace, 'out/manifest.json');
        const content: { files: { path: string }[] } = JSON.parse(await readFile(manifest, 'utf8'));
        for (const file of content.files.slice(0, 1)) {
          if (!path.includes('/')) await rename(join(workspace, 'out', file.path), join(workspace, 'out', path));
          file.path = path;
        }
        await writeFile(manifest, JSON.stringify(content));
      },
      look: async (workspace) => expect(readdirSync(join(workspace, 'out'))).not.toContain('signed'),
    });
    expect(step.conclusion).toBe('failure');
    expect(errorOf(step)).toMatch(/^sign-artifacts: E_(?:MANIFEST|NAME|NAME_COLLISION|PATH)$/);
  },
  minute,
);

describe('keys that cannot sign end before a file is read, with one code each', () => {
  const cases: Readonly<Record<string, readonly [code: string, inputs: () => Promise<Record<string, string>>]>> = {
    'no key': ['E_INPUT', async () => ({})],
    'cut off': ['E_KEY_FORMAT', async () => ({ key: (await good()).slice(0, -90) })],
    'one letter changed': [
      'E_KEY_FORMAT',
      async () => ({ key: (await good()).replace(/\n\n(.)/, (_, letter: string) => `\n\n${letter === 'l' ? 'm' : 'l'}`) }),
    ],
    'a public key': ['E_KEY_PUBLIC_ONLY', async () => ({ key: await keys.gpg(['--armor', '--export', await make('Public')]) })],
    'only for encryption': ['E_KEY_UNUSABLE', async () => ({ key: await secretOf(await make('Encrypt', 'rsa3072', { usage: 'encr' })) })],
    expired: [
      'E_KEY_EXPIRED',
      async () => ({ key: await secretOf(await make('Expired', 'ed25519', { expires: '10d', made: -40 * day })) }),
    ],
    revoked: ['E_KEY_REVOKED', async () => ({ key: await secretOf(await revoked()) })],
    'not yet valid': ['E_KEY_NOT_YET_VALID', async () => ({ key: await secretOf(await make('Future', 'ed25519', { made: 10 * day })) })],
    weak: ['E_KEY_WEAK', async () => ({ key: await secretOf(await make('Weak', 'rsa2048')) })],
    'another passphrase': ['E_PASSPHRASE', async () => ({ key: await locked(), passphrase: 'not this one' })],
    'the same key twice': ['E_INPUT', async () => ({ key: await good(), 'second-key': await good() })],
    'another key than the repository has': ['E_KEY_PUBLISHED', async () => ({ key: await good(), 'public-key': 'public.asc' })],
  };

  test.each(Object.entries(cases))(
    '%s',
    async (_, [code, given]) => {
      const inputs = await given();
      const step = await runAction('sign-artifacts', {
        inputs,
        prepare: async (workspace) => {
          await mkdir(join(workspace, 'out'));
          // No manifest at all: whoever read it first would say so.
          await writeFile(join(workspace, 'out/manifest.json'), '');
          await writeFile(join(workspace, 'public.asc'), await keys.gpg(['--armor', '--export', await make(`Other ${code}`)]));
        },
        look: async (workspace) => expect(readdirSync(join(workspace, 'out'))).toEqual(['manifest.json']),
      });
      expect({ conclusion: step.conclusion, error: errorOf(step) }).toEqual({ conclusion: 'failure', error: `sign-artifacts: ${code}` });
    },
    minute,
  );
});

describe('mode check in a pull request, without any secret', () => {
  test.each([
    ['20d', 'warning'],
    ['0', undefined],
  ])(
    'a public key that expires in %s: %s',
    async (expires, level) => {
      const fingerprint = await make(`Check ${expires}`, 'ed25519', { expires });
      const publicKey = await keys.gpg(['--armor', '--export', fingerprint]);
      const step = await runAction('sign-artifacts', {
        inputs: { mode: 'check', 'public-key': 'key.asc', key: '', passphrase: '' },
        prepare: (workspace) => writeFile(join(workspace, 'key.asc'), publicKey),
        look: async (workspace) => expect(readdirSync(workspace)).toEqual(['key.asc']),
      });
      expect(step.conclusion).toBe('success');
      expect(step.outputs['fingerprint']).toBe(fingerprint);
      expect(step.annotations.map((one) => one.level)).toEqual(level === undefined ? [] : [level]);
      expect(step.summary).toContain(fingerprint.slice(0, 4));
    },
    minute,
  );
});

let goodKey: Promise<string> | undefined;
function good(): Promise<string> {
  goodKey ??= make('Good').then(secretOf);
  return goodKey;
}

async function locked(): Promise<string> {
  const fingerprint = await make('Locked');
  return await keys
    .gpg(['--passphrase', 'this one', '--change-passphrase', fingerprint])
    .then(() => keys.gpg(['--passphrase', 'this one', '--armor', '--export-secret-keys', fingerprint]));
}

/** By the certificate that gpg makes along with each key, in which a colon keeps it from being used by mistake. */
async function revoked(): Promise<string> {
  const fingerprint = await make('Revoked');
  const certificate = await readFile(keys.path(`openpgp-revocs.d/${fingerprint}.rev`), 'utf8');
  await keys.gpg(['--import'], certificate.replace(/^:(?=-----BEGIN)/m, ''));
  return fingerprint;
}
