import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';

/** The real gpg with a home of its own, which makes keys without passphrase as users have them. */
export interface GpgKeys extends AsyncDisposable {
  gpg(args: readonly string[], input?: string): Promise<string>;
  /** Absolute path of a file in its home. */
  path(name: string): string;
  /** Makes a primary key, with a signing subkey of the same kind when asked for; returns its fingerprint. */
  make(
    algorithm: string,
    options?: { readonly usage?: 'sign' | 'cert'; readonly subkey?: boolean; readonly more?: readonly string[] },
  ): Promise<string>;
  /** Public key, binary. */
  publicKey(fingerprint: string): Promise<Uint8Array>;
}

export async function gpgKeys(host: Host): Promise<GpgKeys> {
  // Short, since the path of the agent's socket is limited.
  const folder = await host.files.temporary('k');
  const path = (name: string): string => join(folder.path, name);
  const gpg = async (args: readonly string[], input = ''): Promise<string> => {
    const common = ['--homedir', folder.path, '--batch', '--yes', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase', ''];
    return (await host.exec(['gpg', ...common, ...args], { stdin: input })).stdout;
  };
  // An hour old by gpg's own fake clock, so that no signature is older than its key.
  const clock = ['--faked-system-time', `${Math.floor(host.clock.now() / 1000) - 3600}!`];
  let made = 0;
  return {
    gpg,
    path,
    async make(algorithm, { usage = 'sign', subkey = false, more = [] } = {}) {
      made += 1;
      const user = `key ${made} <key${made}@example.org>`;
      await gpg([...clock, ...more, '--quick-gen-key', user, algorithm, usage, '0']);
      const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(await gpg(['--with-colons', '--list-keys', user]))?.[1] ?? '';
      // On these curves gpg 2.2 would make a subkey that encrypts.
      const kind = algorithm.startsWith('nistp') ? `${algorithm}/ecdsa` : algorithm;
      if (subkey) await gpg([...clock, ...more, '--quick-add-key', fingerprint, kind, 'sign', '1y']);
      return fingerprint;
    },
    async publicKey(fingerprint) {
      await gpg(['--output', path('public.gpg'), '--export', fingerprint]);
      return readFile(path('public.gpg'));
    },
    async [Symbol.asyncDispose]() {
      await host.exec(['gpgconf', '--homedir', folder.path, '--kill', 'gpg-agent'], { allow: 'any' });
      await folder[Symbol.asyncDispose]();
    },
  };
}
