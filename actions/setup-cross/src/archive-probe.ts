import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { archiveOf, mirrorListOf, needsAnother, parseMirrors, probeUri, type SourceEntry, type SuiteProbe } from '@release-kit/cross';
import { proxiesOf } from '@release-kit/machine';
import { hostSystem } from './host-system.ts';

/** Milliseconds for one small file. */
const probeTimeout = 30_000;
const probeOptions = [
  '-o',
  'Acquire::Retries=1',
  '-o',
  'Acquire::http::Timeout=10',
  '-o',
  'Acquire::https::Timeout=10',
  '-o',
  'APT::Sandbox::User=root',
];

/** Ubuntu's own table of its archives, and the small package that brings it. Debian needs none: its mirrors have every architecture. */
const table = { system: /^ubuntu:/, file: '/usr/share/python-apt/templates/Ubuntu.info', package: 'python-apt-common' };

/** The package with the table of this host's distribution, when it is not there yet. */
export async function lackingTable(): Promise<string | undefined> {
  if (!table.system.test((await hostSystem()).name)) return undefined;
  return (await readFile(table.file, 'utf8').catch(() => undefined)) === undefined ? table.package : undefined;
}

async function archiveTable(): Promise<string> {
  return table.system.test((await hostSystem()).name) ? readFile(table.file, 'utf8').catch(() => '') : '';
}

/**
 * Asks the archives themselves which of them has packages of the architecture, suite by suite: which one it is has changed between
 * releases and will again. `portsMirror` is asked instead of the archive in the distribution's own table.
 */
export async function probeSuites(
  host: Host,
  entries: readonly SourceEntry[],
  architecture: string,
  portsMirror: string | undefined,
): Promise<readonly SuiteProbe[]> {
  const asked = new Map<string, Promise<boolean>>();
  const serves = async (uris: readonly string[], suite: string, entry: SourceEntry): Promise<boolean> => {
    const answers = uris.map((uri) => {
      const file = probeUri(uri, suite, entry.components[0], architecture);
      if (file === undefined) return Promise.resolve(false);
      const answer = asked.get(file) ?? isThere(host, file);
      asked.set(file, answer);
      return answer;
    });
    return (await Promise.all(answers)).includes(true);
  };
  const probes = await Promise.all(
    entries.flatMap((entry) =>
      entry.suites.map(async (suite) => ({ entry, suite, served: await serves(await addresses(entry.uris), suite, entry) })),
    ),
  );
  const archives = await archiveTable();
  return Promise.all(
    probes.map(async (probe): Promise<SuiteProbe> => {
      if (probe.served || !needsAnother(probe, probes, architecture)) return { ...probe, elsewhere: undefined };
      const other = portsMirror ?? archiveOf(archives, probe.suite.replace(/-[a-z]+$/, ''), architecture);
      const elsewhere = other !== undefined && (await serves([other], probe.suite, probe.entry)) ? other : undefined;
      return { ...probe, elsewhere };
    }),
  );
}

/** The archives behind a list of mirrors, or the addresses themselves. */
async function addresses(uris: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    uris.map(async (uri) => {
      const list = mirrorListOf(uri);
      return list === undefined ? [uri] : parseMirrors(await readFile(list, 'utf8').catch(() => ''));
    }),
  );
  return found.flat();
}

async function isThere(host: Host, uri: string): Promise<boolean> {
  await using folder = await host.files.temporary('archive-probe');
  const argv = ['/usr/lib/apt/apt-helper', ...probeOptions, 'download-file', uri, join(folder.path, 'Release')] as const;
  try {
    const { exitCode } = await host.exec(argv, { cwd: '/', allow: 'any', timeout: probeTimeout, env: proxiesOf(host) });
    return exitCode === 0;
  } catch (error) {
    if (host.signal.aborted) throw error;
    return false; // took too long
  }
}
