import { UserError } from '@release-kit/action';
import type { ManifestFile } from '@release-kit/manifest';

export interface Selection {
  /** What the packages were built for. */
  readonly builtFor: string;
  /** What they are installed on. */
  readonly installOn: string;
  /** Of the machine they are installed in. */
  readonly architecture: string;
  readonly debs: readonly ManifestFile[];
}

/** What the inputs and the host say of the machine. */
export interface Target {
  /** The input `distribution`; when the manifest has packages for it, those are taken, else its only ones. */
  readonly distribution: string | undefined;
  /** The input `architecture`. */
  readonly architecture: string | undefined;
  /** The host's architecture: it is taken when there are packages for it, else the only one there are packages for. */
  readonly own: string;
}

/** The packages to install: those of one distribution and architecture, debug symbols left out, as nobody installs them with the rest. */
export function selectDebs(files: readonly ManifestFile[], target: Target): Selection {
  const { distribution: wanted } = target;
  const usable = files.filter((file) => file.kind === 'deb' && !file.package.endsWith('-dbgsym'));
  const built = [...new Set(usable.map((file) => file.distribution))].sort();
  const builtFor = wanted !== undefined && built.includes(wanted) ? wanted : built[0];
  if (builtFor === undefined) throw new UserError('E_MANIFEST', 'the manifest lists no binary package');
  if (built.length > 1 && builtFor !== wanted) {
    const problem = wanted === undefined ? 'none is named' : `none is for ${wanted}`;
    throw new UserError('E_INPUT', `the manifest has packages for ${built.join(', ')}, and ${problem}`, {
      cure: `Set the input distribution to one of ${built.join(', ')}.`,
    });
  }
  const ofDistribution = usable.filter((file) => file.distribution === builtFor);
  const architecture = architectureOf(ofDistribution, target);
  const debs = ofDistribution.filter((file) => ['all', architecture].includes(file.architecture));
  return { builtFor, installOn: wanted ?? builtFor, architecture, debs };
}

function architectureOf(debs: readonly ManifestFile[], { architecture: wanted, own }: Target): string {
  const built = [...new Set(debs.map((file) => file.architecture))].filter((architecture) => architecture !== 'all').sort();
  const [only, ...others] = built;
  const taken = wanted ?? (only === undefined || built.includes(own) ? own : others.length === 0 ? only : undefined);
  if (taken === undefined)
    throw new UserError('E_INPUT', `the manifest has packages for ${built.join(', ')}, and none is named`, {
      cure: `Set the input architecture to one of ${built.join(', ')}.`,
    });
  if (built.includes(taken) || debs.some((file) => file.architecture === 'all')) return taken;
  throw new UserError('E_ARCHITECTURE', `the packages are for ${built.join(', ')}; they cannot be installed on ${taken}`, {
    cure: `Set the input architecture to one of ${built.join(', ')}.`,
  });
}
