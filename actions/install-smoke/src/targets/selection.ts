import { UserError } from '@release-kit/action';
import type { ManifestFile } from '@release-kit/manifest';

export interface Selection {
  /** What the packages were built for. */
  readonly builtFor: string;
  /** Of the machine they are installed in. */
  readonly architecture: string;
  readonly debs: readonly ManifestFile[];
}

/** What is said of one machine. */
export interface MachineWish {
  /** When there are packages for it, those are taken, else the only ones. */
  readonly distribution: string;
  readonly architecture: string | undefined;
  /** The host's architecture: it is taken when there are packages for it, else the only one there are packages for. */
  readonly own: string;
}

/** What there are packages for, sorted. Throws E_MANIFEST when there is none. */
export function distributionsOf(files: readonly ManifestFile[]): readonly string[] {
  const built = [...new Set(usable(files).map((file) => file.distribution))].sort();
  if (built.length === 0) throw new UserError('E_MANIFEST', 'the manifest lists no binary package');
  return built;
}

/** The packages to install: those of one distribution and architecture. */
export function selectDebs(files: readonly ManifestFile[], wish: MachineWish): Selection {
  const built = distributionsOf(files);
  const [only, ...others] = built;
  const builtFor = built.includes(wish.distribution) ? wish.distribution : others.length === 0 ? only : undefined;
  if (builtFor === undefined)
    throw new UserError('E_INPUT', `the manifest has packages for ${built.join(', ')}, and none is for ${wish.distribution}`, {
      cure: `Leave ${wish.distribution} out, or build for it: which of the others to take there cannot be known.`,
    });
  const ofDistribution = usable(files).filter((file) => file.distribution === builtFor);
  const architecture = architectureOf(ofDistribution, wish);
  const debs = ofDistribution.filter((file) => ['all', architecture].includes(file.architecture));
  return { builtFor, architecture, debs };
}

/** Nobody installs debug symbols with the rest. */
function usable(files: readonly ManifestFile[]): readonly ManifestFile[] {
  return files.filter((file) => file.kind === 'deb' && !file.package.endsWith('-dbgsym'));
}

function architectureOf(debs: readonly ManifestFile[], { architecture: wanted, own }: MachineWish): string {
  const built = [...new Set(debs.map((file) => file.architecture))].filter((architecture) => architecture !== 'all').sort();
  const [only, ...others] = built;
  const taken = wanted ?? (only === undefined || built.includes(own) ? own : others.length === 0 ? only : undefined);
  if (taken === undefined)
    throw new UserError('E_INPUT', `the manifest has packages for ${built.join(', ')}, and none is named`, {
      cure: `Set the input architectures to one or more of ${built.join(', ')}.`,
    });
  if (built.includes(taken) || debs.some((file) => file.architecture === 'all')) return taken;
  throw new UserError('E_ARCHITECTURE', `the packages are for ${built.join(', ')}; they cannot be installed on ${taken}`, {
    cure: `Set the input architectures to one or more of ${built.join(', ')}.`,
  });
}
