import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { decryptKey, type PrivateKey, readPrivateKey } from 'openpgp';
import type { Secret } from './sought.ts';

/** A key made by the real gpg, and what of it must not be seen. */
export interface MadeKey {
  readonly armored: string;
  readonly binary: Buffer;
  readonly public: string;
  readonly passphrase: string;
  readonly secrets: readonly Secret[];
}

export interface KeyMaker extends Disposable {
  make(user: string, algorithm: string, passphrase: string, expires?: string): Promise<MadeKey>;
}

/** Makes keys in a home below `folder`, which has to be short (unix(7)), with an agent that ends with it. */
export function keyMaker(folder: string): KeyMaker {
  const home = join(folder, 'gnupg');
  mkdirSync(home, { mode: 0o700 });
  const gpg = (passphrase: string, args: readonly string[], input?: string): Buffer => {
    const common = ['--homedir', home, '--batch', '--yes', '--pinentry-mode', 'loopback', '--passphrase', passphrase];
    return execFileSync('gpg', [...common, ...args], { input, stdio: ['pipe', 'pipe', 'pipe'] });
  };
  return {
    async make(user, algorithm, passphrase, expires = '2y') {
      gpg(passphrase, ['--quick-generate-key', `${user} <${user}@example.org>`, algorithm, 'sign', expires]);
      const armored = gpg(passphrase, ['--armor', '--export-secret-keys', `${user}@example.org`]).toString();
      const binary = gpg('', ['--dearmor'], armored);
      const known = gpg('', ['--armor', '--export', `${user}@example.org`]).toString();
      return { armored, binary, public: known, passphrase, secrets: await secretsOf(user, armored, passphrase) };
    },
    [Symbol.dispose]: () => void execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']),
  };
}

/** The passphrase, the secret part of the key as it was exported, its numbers in the clear, and the lines of the block that hold them. */
async function secretsOf(user: string, armored: string, passphrase: string): Promise<readonly Secret[]> {
  const key = await readPrivateKey({ armoredKey: armored });
  const clear = key.isDecrypted() ? key : await decryptKey({ privateKey: key, passphrase });
  // The body of the packet begins with what the public key holds as well.
  const exported = key.keyPacket.write().subarray(key.toPublic().keyPacket.write().length);
  const lines = armored.split('\n').filter((line) => /^[A-Za-z0-9+/]{64}$/.test(line) && exportedIn(line, exported));
  return [
    ...(passphrase === '' ? [] : [{ name: `passphrase of ${user}`, bytes: Buffer.from(passphrase) }]),
    { name: `exported part of ${user}`, bytes: exported },
    ...numbersOf(clear).map(([name, bytes]) => ({ name: `number ${name} of ${user}`, bytes })),
    ...lines.map((line) => ({ name: `line of ${user}`, bytes: Buffer.from(line) })),
  ];
}

/** Whether the line is of the secret part alone. */
const exportedIn = (line: string, exported: Uint8Array): boolean => Buffer.from(exported).includes(Buffer.from(line, 'base64'));

function numbersOf(key: PrivateKey): readonly (readonly [string, Uint8Array])[] {
  const numbers: unknown = Reflect.get(key.keyPacket, 'privateParams');
  if (typeof numbers !== 'object' || numbers === null) throw new Error('the library shows no numbers of the key');
  return Object.entries(numbers).flatMap(([name, bytes]) => (bytes instanceof Uint8Array ? [[name, bytes] as const] : []));
}
