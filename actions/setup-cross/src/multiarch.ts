import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, inertLine, reportError, UserError } from '@release-kit/action';
import { addedFileName, addedSources, limitArchitectures, planSources, type SourcesPlan, type SuiteProbe } from '@release-kit/cross';
import { type AptChange, makeChange, recordChange, takeBack } from './apt-change.ts';
import { type AptState, aptState, sourcesFolder } from './apt-state.ts';
import { lackingTable, probeSuites } from './archive-probe.ts';
import { aptOptions, installPackages, whenUnlocked } from './install.ts';
import { updateArgv } from './installation.ts';

/** Where keys of Ubuntu's archive are, for entries of its one-line form that name none. */
const ubuntuKeyring = '/usr/share/keyrings/ubuntu-archive-keyring.gpg';

/**
 * Sets apt up to bring packages of one more architecture, and leaves it as it was when that fails. Does nothing where it does already.
 * Returns the folder of the record to take it back by; undefined when there was nothing to do.
 * E_ARCHITECTURE when no archive has the architecture, E_HOST when apt cannot read what it was given.
 */
export async function addArchitecture(host: Host, architecture: string, portsMirror: string | undefined): Promise<string | undefined> {
  const state = await aptState(host);
  const present = state.architectures.filter((name) => name !== architecture);
  const probes = await probeArchives(host, state, architecture, portsMirror);
  const plan = planSources(architecture, probes, present, await keyring());
  checkArchives(host, architecture, probes, plan);
  const change = changeOf(architecture, plan, state);
  if (change === undefined) {
    host.log.info(`apt brings packages of ${architecture} already`);
    return undefined;
  }
  host.log.info(changeText(change, plan));
  const folder = await recordChange(host, change);
  try {
    await makeChange(host, change);
    await whenUnlocked(host, () => host.exec(updateArgv, { ...aptOptions, failure: `apt cannot read the archives for ${architecture}` }));
  } catch (error) {
    // Why it failed matters more than why it could not be taken back.
    await takeBack(host, folder).catch((second: unknown) => host.log.warning(`apt could not be put back: ${reportError(second).headline}`));
    throw error;
  }
  return folder;
}

async function probeArchives(
  host: Host,
  { own }: AptState,
  architecture: string,
  portsMirror: string | undefined,
): Promise<readonly SuiteProbe[]> {
  const probes = await probeSuites(host, own, architecture, portsMirror);
  const lacking = portsMirror === undefined && probes.some(({ served, elsewhere }) => !served && elsewhere === undefined);
  const table = lacking ? await lackingTable() : undefined;
  if (table === undefined) return probes;
  host.log.info(`Installing ${table}, which says where this distribution has its other architectures`);
  await installPackages(host, [table]);
  return probeSuites(host, own, architecture, undefined);
}

async function keyring(): Promise<string | undefined> {
  const isThere = await access(ubuntuKeyring).then(
    () => true,
    () => false,
  );
  return isThere ? ubuntuKeyring : undefined;
}

function checkArchives(host: Host, architecture: string, probes: readonly SuiteProbe[], { missing }: SourcesPlan): void {
  const [first] = missing;
  if (probes.length === 0)
    throw new UserError(
      'E_HOST',
      "none of apt's sources is this distribution's own archive, so none can be asked for another architecture",
      {
        cure: "Add the distribution's archive to apt's sources, or leave the input libraries out.",
      },
    );
  if (first === undefined) return;
  const asked = [...new Set(missing.flatMap(({ refusals }) => refusals))].join(', ');
  const suites = [...new Set(missing.map(({ suite }) => inertLine(suite)))].join(', ');
  const lacking = `no archive that this host knows has packages of ${architecture} for ${suites}: asked ${asked}`;
  // Backports and the like may lack what the suites before them have.
  if (probes.some(({ served, elsewhere }) => served || elsewhere !== undefined)) return void host.log.info(lacking);
  throw new UserError('E_ARCHITECTURE', lacking, {
    cure: 'Name an archive that has them with the input ports-mirror, open the way to it, or choose another distribution for the host.',
  });
}

/** The files to write; undefined when everything is as it should be. */
function changeOf(architecture: string, plan: SourcesPlan, state: AptState): AptChange | undefined {
  const files = new Map<string, string>();
  for (const [file, text] of state.files) {
    const limits = plan.limits.filter(({ entry }) => entry.file === file);
    const limited = limitArchitectures(text, limits);
    if (limited !== text) files.set(file, limited);
  }
  if (plan.added.length > 0) files.set(join(sourcesFolder, addedFileName(architecture)), addedSources(architecture, plan.added));
  const addsArchitecture = !state.architectures.includes(architecture);
  return files.size === 0 && !addsArchitecture ? undefined : { architecture, addsArchitecture, files };
}

function changeText({ architecture, addsArchitecture, files }: AptChange, { limits, added }: SourcesPlan): string {
  const parts = [
    ...(addsArchitecture ? [`dpkg takes packages of ${architecture}`] : []),
    ...(limits.length > 0 ? [`${limits.length} entries whose archive has none of ${architecture} are limited to the others`] : []),
    ...(added.length > 0 ? [`${[...new Set(added.flatMap(({ uris }) => uris))].map(inertLine).join(', ')} is asked for it`] : []),
  ];
  return `Setting up apt for ${architecture}: ${parts.join('; ')}${files.size === 0 ? '' : ` (${[...files.keys()].join(', ')})`}`;
}
