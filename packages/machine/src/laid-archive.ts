import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError, type Host, inertLine, UserError } from '@release-kit/action';
import { chooseEngine } from './engine.ts';
import { prepareLayer } from './layer.ts';
import type { BaseSystem } from './machine.ts';

const keysInMachine = '/usr/share/keyrings/release-kit-archive.gpg';

/** A one-line source of apt, sources.list(5), whose keys are a file of this host. */
export interface LaidArchive {
  /** `deb [signed-by=/usr/share/keyrings/x.gpg] <address> bookworm main` */
  readonly line: string;
  /** Absolute, the file of `signed-by`. */
  readonly keyring: string;
}

/**
 * Reads a line that a user gave. A bare address gets the usual form with that suite and keyring. E_BASE_SYSTEM when it is neither,
 * or names no file of keys: what is laid over a distribution has keys of its own.
 */
export function readLaidArchive(text: string, suite: string, keyring: string): LaidArchive {
  if (/^[a-z][a-z0-9+]*:\S+$/.test(text)) return { line: `deb [signed-by=${keyring}] ${text} ${suite} main`, keyring };
  const named = /^deb \[(?:[^\]]* )?signed-by=(\/[^\s\],]+)(?: [^\]]*)?\] \S+ \S+(?: \S+)*$/.exec(text)?.[1];
  if (named !== undefined) return { line: text, keyring: named };
  throw new UserError('E_BASE_SYSTEM', `${JSON.stringify(inertLine(text))} is not a source of apt with keys of its own`, {
    cure: 'Write: deb [signed-by=<file of keys>] <address> <suite> <components>.',
  });
}

/**
 * The base system brought to the state of an archive that is laid over its own, as Raspberry Pi OS is over Debian: its newer packages
 * are installed, and apt in machines knows it. Made once a day. E_BASE_SYSTEM when it cannot be reached or verified.
 */
export async function layArchive(host: Host, base: BaseSystem, archive: LaidArchive): Promise<BaseSystem> {
  const keys = await readFile(archive.keyring).catch((cause: unknown) => {
    throw new UserError('E_BASE_SYSTEM', `the keys of the archive are not on this host: ${archive.keyring} cannot be read`, {
      cause,
      cure: 'Put them there, or name another file in signed-by.',
    });
  });
  const day = new Date(host.clock.now()).toISOString().slice(0, 10);
  const inputs = { line: archive.line, keys: createHash('sha256').update(keys).digest('hex'), day };
  const { engine } = await chooseEngine(host, 'auto');
  return prepareLayer(host, base, engine, { name: 'archive', inputs }, async (machine) => {
    await using files = await host.files.temporary('archive');
    const put = async (name: string, content: string | Uint8Array): Promise<void> => {
      await mkdir(dirname(join(files.path, name)), { recursive: true, mode: 0o755 });
      await writeFile(join(files.path, name), content, { mode: 0o644 });
    };
    await put(keysInMachine, keys);
    await put('etc/apt/sources.list.d/release-kit.list', `${archive.line.replace(/signed-by=[^\s\],]+/, `signed-by=${keysInMachine}`)}\n`);
    await machine.copyIn(files.path, '/');
    try {
      const retries = ['-o', 'Acquire::Retries=3', '-o', 'Acquire::http::Timeout=30'];
      await machine.run(['apt-get', '--quiet', ...retries, '-o', 'APT::Update::Error-Mode=any', 'update'], { network: true });
      await machine.run(['apt-get', '--quiet', ...retries, '--no-install-recommends', 'dist-upgrade'], { network: true });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const { lastLines } = error.failure;
      const reason = lastLines.find((line) => /NO_PUBKEY|not signed/.test(line)) ?? lastLines.find((line) => /^(?:E|Err|W):/.test(line));
      throw new UserError('E_BASE_SYSTEM', `the archive ${inertLine(archive.line)} cannot be used: ${inertLine(reason ?? '')}`, {
        cause: error,
        cure: 'Check the address, the suite, the keys, and that the firewall lets this host reach it.',
      });
    }
  });
}
