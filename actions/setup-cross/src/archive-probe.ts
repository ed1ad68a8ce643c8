import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, inertLine } from '@release-kit/action';
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
  const asked = new Map<string, Promise<string | undefined>>();
  /** Refusals of all that were asked; undefined when one has it. */
  const refusals = async (uris: readonly string[], suite: string, entry: SourceEntry): Promise<readonly string[] | undefined> => {
    const answers = uris.map(async (uri) => {
      const file = probeUri(uri, suite, entry.components[0], architecture);
      if (file === undefined) return `${inertLine(uri)} (has no suites)`;
      const answer = asked.get(file) ?? refusal(host, file);
      asked.set(file, answer);
      const said = await answer;
      return said === undefined ? undefined : `${inertLine(uri)} (${said})`;
    });
    const all = await Promise.all(answers);
    const refused = all.filter((one) => one !== undefined);
    return refused.length < all.length ? undefined : refused;
  };
  const probes = await Promise.all(
    entries.flatMap((entry) =>
      entry.suites.map(async (suite) => {
        const said = await refusals(await addresses(entry.uris), suite, entry);
        return { entry, suite, served: said === undefined, refusals: said ?? [] };
      }),
    ),
  );
  const archives = await archiveTable();
  return Promise.all(
    probes.map(async (probe): Promise<SuiteProbe> => {
      if (probe.served || !needsAnother(probe, probes, architecture)) return { ...probe, elsewhere: undefined };
      const other = portsMirror ?? archiveOf(archives, probe.suite.replace(/-[a-z]+$/, ''), architecture);
      if (other === undefined) return { ...probe, elsewhere: undefined };
      const said = await refusals([other], probe.suite, probe.entry);
      return said === undefined
        ? { ...probe, elsewhere: other }
        : { ...probe, elsewhere: undefined, refusals: [...probe.refusals, ...said] };
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

/** Why a file cannot be had, in apt's words; undefined when it is there. */
async function refusal(host: Host, uri: string): Promise<string | undefined> {
  await using folder = await host.files.temporary('archive-probe');
  const argv = ['/usr/lib/apt/apt-helper', ...probeOptions, 'download-file', uri, join(folder.path, 'Release')] as const;
  try {
    const { exitCode, stdout, stderr } = await host.exec(argv, { cwd: '/', allow: 'any', timeout: probeTimeout, env: proxiesOf(host) });
    return exitCode === 0 ? undefined : reasonIn(`${stdout}\n${stderr}`, uri);
  } catch (error) {
    if (host.signal.aborted) throw error;
    return `no answer within ${probeTimeout / 1000} s`;
  }
}

/** `E: Failed to fetch ADDRESS  404  Not Found [IP: ...]` -> `404 Not Found`. */
export function reasonIn(output: string, uri: string): string {
  const line = output.split('\n').find((one) => one.startsWith('E: ')) ?? '';
  const said = line
    .replace('E: Failed to fetch', '')
    .replace('E: ', '')
    .replace(uri, '')
    .replace(/\[IP: [^\]]*\]/, '');
  return inertLine(said).replace(/\s+/g, ' ').trim() || 'no answer';
}
