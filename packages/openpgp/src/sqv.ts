import type { Host } from '@release-kit/action';
import { codeOf } from '@release-kit/action';

/** Sequoia's sqv on this host. */
export interface Sqv {
  readonly version: string | undefined;
  /** Fingerprints of the primary keys whose signatures it accepts; empty when it refuses. `keyring`, `signature`, `file`: absolute paths. */
  verify(keyring: string, signature: string, file: string): Promise<readonly string[]>;
}

/** undefined where it is not installed. */
export async function findSqv(host: Pick<Host, 'exec' | 'log'>): Promise<Sqv | undefined> {
  const said = await host.exec(['sqv', '--version']).catch((error: unknown) => {
    if (codeOf(error) === 'E_TOOL_MISSING') return undefined;
    throw error;
  });
  if (said === undefined) return undefined;
  return {
    version: versionIn(said.stdout),
    async verify(keyring, signature, file) {
      const { exitCode, stdout, stderr } = await host.exec(['sqv', '--keyring', keyring, signature, file], {
        timeout: 10 * 60_000,
        allow: 'any',
      });
      if (exitCode === 0) return stdout.split('\n').filter((line) => /^[0-9A-F]{40}$/.test(line));
      host.log.debug(`sqv: ${stderr.trim()}`);
      return [];
    },
  };
}

/** The first number with a dot in what a program says of itself; libraries that it uses come later. */
export function versionIn(text: string): string | undefined {
  return /(?:^|\s)(\d+(?:\.\d+)+)/.exec(text)?.[1];
}
