import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type Host, type RecordingHost, recordingHost } from '@release-kit/action';

/** The real gpg with a home of its own, for tests: makes keys as users make them. */
export interface GpgHome extends AsyncDisposable {
  gpg(args: readonly string[], stdin?: string): Promise<string>;
  /** Makes a key without passphrase (unless given) and returns its fingerprint. */
  generate(
    user: string,
    algorithm: string,
    usage: string,
    expires: string,
    options?: { passphrase?: string; at?: number },
  ): Promise<string>;
  addSubkey(fingerprint: string, algorithm: string, usage: string, expires: string, options?: { at?: number }): Promise<void>;
  exportSecret(fingerprint: string, passphrase?: string): Promise<string>;
  /** Leaves of the secret part what gpg keeps when it is on a smartcard; Ed25519 without passphrase only. */
  toCard(fingerprint: string, part: 'primary' | 'subkey'): Promise<void>;
}

export async function gpgHome(host: Host): Promise<GpgHome> {
  const folder = await host.files.temporary('g');
  // Keys are made "in the past" by gpg's own fake clock, frozen with "!".
  const clock = (at: number | undefined): string[] => (at === undefined ? [] : ['--faked-system-time', `${Math.floor(at / 1000)}!`]);
  const gpg = async (args: readonly string[], stdin = ''): Promise<string> => {
    const common = ['--homedir', folder.path, '--batch', '--yes', '--pinentry-mode', 'loopback'];
    const { stdout } = await host.exec(['gpg', ...common, ...args], { stdin });
    return stdout;
  };
  return {
    gpg,
    async generate(user, algorithm, usage, expires, { passphrase = '', at } = {}) {
      await gpg([...clock(at), '--passphrase', passphrase, '--quick-gen-key', user, algorithm, usage, expires]);
      const listing = await gpg(['--with-colons', '--list-keys', user]);
      return /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? '';
    },
    async addSubkey(fingerprint, algorithm, usage, expires, { at } = {}) {
      await gpg([...clock(at), '--passphrase', '', '--quick-add-key', fingerprint, algorithm, usage, expires]);
    },
    exportSecret: (fingerprint, passphrase = '') => gpg(['--passphrase', passphrase, '--armor', '--export-secret-keys', fingerprint]),
    async toCard(fingerprint, part) {
      const grips = [...(await gpg(['--with-colons', '--with-keygrip', '--list-keys', fingerprint])).matchAll(/^grp:+([0-9A-F]{40}):/gm)];
      const file = join(folder.path, 'private-keys-v1.d', `${grips[part === 'primary' ? 0 : 1]?.[1]}.key`);
      const [, point] = /\(q#([0-9A-F]+)#\)/.exec((await readFile(file, 'utf8')).replace(/\s/g, '')) ?? [];
      const shadow = '(shadowed t1-v1 (#D2760001240103040006123456780000# OPENPGP.1))';
      await writeFile(file, `Key: (shadowed-private-key (ecc (curve Ed25519)(flags eddsa)(q #${point}#)\n ${shadow}))\n`);
    },
    async [Symbol.asyncDispose]() {
      await host.exec(['gpgconf', '--homedir', folder.path, '--kill', 'gpg-agent'], { allow: 'any' });
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A host and a gpg for the tests of one file: made before the first of them, gone after the last. */
export function gpgForAll(): { readonly host: RecordingHost; readonly home: GpgHome } {
  let made: { readonly host: RecordingHost; readonly home: GpgHome } | undefined;
  const present = (): { readonly host: RecordingHost; readonly home: GpgHome } => {
    if (made === undefined) throw new Error('not made yet: ask for it inside a test, or after this beforeAll');
    return made;
  };
  beforeAll(async () => {
    const host = await recordingHost();
    made = { host, home: await gpgHome(host) };
  });
  afterAll(async () => {
    await made?.home[Symbol.asyncDispose]();
    await made?.host[Symbol.asyncDispose]();
  });
  return {
    get host() {
      return present().host;
    },
    get home() {
      return present().home;
    },
  };
}

/** A second ahead, so that keys made just now are not from the future. */
export const soon = (): number => Date.now() + 1000;

/** A key without passphrase for the tests of one file: made before the first of them. */
export function ed25519ForAll(given: { readonly home: GpgHome }): { readonly fingerprint: string; readonly armored: string } {
  const key = { fingerprint: '', armored: '' };
  beforeAll(async () => {
    key.fingerprint = await given.home.generate('Ed <ed@example.org>', 'ed25519', 'sign', '0');
    key.armored = await given.home.exportSecret(key.fingerprint);
  });
  return key;
}

/** Writes a file into the host's workspace and returns its absolute path. */
export async function place(host: Host, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(host.files.workspace, name);
  await writeFile(path, content);
  return path;
}
