import { UserError } from '@release-kit/action';
import type { ManifestFile } from '@release-kit/manifest';

export interface Selection {
  /** What the packages were built for. */
  readonly builtFor: string;
  /** What they are installed on. */
  readonly installOn: string;
  readonly debs: readonly ManifestFile[];
}

/**
 * The packages to install: those for this architecture, debug symbols left out, as nobody installs them with the rest.
 *
 * @param wanted the input `distribution`; when the manifest has packages for it, those are taken, else its only ones
 */
export function selectDebs(files: readonly ManifestFile[], wanted: string | undefined, architecture: string): Selection {
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
  const debs = usable.filter((file) => file.distribution === builtFor && ['all', architecture].includes(file.architecture));
  if (debs.length === 0) {
    const others = [...new Set(usable.map((file) => file.architecture))].sort().join(', ');
    throw new UserError('E_ARCHITECTURE', `the packages are for ${others}; they cannot be installed on ${architecture}`, {
      cure: 'Run install-smoke on a runner of their architecture.',
    });
  }
  return { builtFor, installOn: wanted ?? builtFor, debs };
}
