import type { ManifestFile } from '@release-kit/manifest';
import type { Target } from '../target.ts';
import { selectDebs } from './selection.ts';

/** What the inputs and the host say of the machines. */
export interface TargetWishes {
  /** What to install on; none: what was built for. */
  readonly distributions: readonly string[];
  /** None: this host's when there are packages for it, else theirs. */
  readonly architectures: readonly string[];
  /** The host's architecture. */
  readonly own: string;
  readonly image: string | undefined;
}

/** The systems to try, each with the packages that are for it. Throws E_INPUT, E_MANIFEST or E_ARCHITECTURE. */
export function chooseTargets(files: readonly ManifestFile[], wishes: TargetWishes): readonly Target[] {
  const { own, image } = wishes;
  const distributions = wishes.distributions.length > 0 ? wishes.distributions : [undefined];
  const architectures = wishes.architectures.length > 0 ? wishes.architectures : [undefined];
  return distributions.flatMap((distribution) =>
    architectures.map((wanted) => {
      const { installOn, builtFor, architecture, debs } = selectDebs(files, { distribution, architecture: wanted, own });
      return { name: `${installOn}/${architecture}`, distribution: installOn, architecture, builtFor, image, debs };
    }),
  );
}
