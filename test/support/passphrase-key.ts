import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A secret key with a passphrase, armored, as people export it from their gpg; `home` is made for it. */
export function passphraseKey(home: string, passphrase: string): string {
  mkdirSync(home, { mode: 0o700 });
  const gpg = (...args: string[]): string =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  gpg('--quick-generate-key', 'Release <release@example.org>', 'ed25519', 'sign', 'never');
  const armored = gpg('--armor', '--export-secret-keys');
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  return armored;
}
