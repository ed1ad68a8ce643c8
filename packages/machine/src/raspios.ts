import { type Host, UserError } from '@release-kit/action';
import { type Distribution, parseDistribution } from '@release-kit/debian';
import { layArchive, readLaidArchive } from './laid-archive.ts';
import type { BaseRequest, BaseSystem } from './machine.ts';

const keyring = '/usr/share/keyrings/raspberrypi-archive-keyring.gpg';
/** What the archive's Release file says of itself. */
const origin = 'Raspberry Pi Foundation';

export const isRaspios = (distribution: Distribution): boolean => distribution.name.startsWith('raspios:');

/**
 * Raspberry Pi OS of 64 bits is Debian with an archive of its own laid over it; that of 32 bits is another archive, Raspbian, and has to
 * be given as an image. A cross build runs in the same of the host's own architecture. The archive's address comes from the input, else from the sources of a host that is a Raspberry Pi.
 */
export async function prepareRaspios(
  host: Host,
  request: BaseRequest,
  prepareDebian: (request: BaseRequest) => Promise<BaseSystem>,
): Promise<BaseSystem> {
  const { distribution, architecture, packages } = request;
  if (architecture === 'armhf')
    throw new UserError('E_ARCHITECTURE', `${distribution.name} for armhf is another archive, Raspbian, and cannot be made from Debian's`, {
      cure: 'Name a tarball of its root file system as the image.',
    });
  const source = request.mirror ?? (await sourceOfHost(host, distribution.codename));
  if (source === undefined)
    throw new UserError(
      'E_BASE_SYSTEM',
      `${distribution.name} is Debian with an archive of its own, and this host does not know its address`,
      {
        cure: `Name it as the mirror: deb [signed-by=${keyring}] <address> ${distribution.codename} main; its keys are in the package raspberrypi-archive-keyring. Or name a root as the image.`,
      },
    );
  const archive = readLaidArchive(source, distribution.codename, keyring);
  const debian = await prepareDebian({ distribution: parseDistribution(`debian:${distribution.release}`), architecture, packages });
  return { ...(await layArchive(host, debian, archive)), request };
}

async function sourceOfHost(host: Host, suite: string): Promise<string | undefined> {
  const format = '$(ORIGIN)\t$(REPO_URI)\t$(SIGNED_BY)';
  const { stdout } = await host.exec(['apt-get', 'indextargets', '--format', format, 'Created-By: Packages'], { cwd: '/', allow: 'any' });
  return sourceIn(stdout, suite);
}

/** The source of Raspberry Pi's archive among those of the host: origin, address and file of keys in each line, with tabs. */
export function sourceIn(indexTargets: string, suite: string): string | undefined {
  for (const line of indexTargets.split('\n')) {
    const [from, address, signedBy] = line.split('\t');
    if (from !== origin || address === undefined || address === '') continue;
    const keys = signedBy?.startsWith('/') === true ? signedBy : keyring;
    return `deb [signed-by=${keys}] ${address.replace(/\/$/, '')} ${suite} main`;
  }
  return undefined;
}
