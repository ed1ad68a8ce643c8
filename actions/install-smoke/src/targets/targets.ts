import { inertLine, UserError } from '@release-kit/action';
import { parseArchitecture } from '@release-kit/config';
import type { ManifestFile } from '@release-kit/manifest';
import type { Target } from '../target.ts';
import { distributionsOf, selectDebs } from './selection.ts';
import { type ImageWish, parseImages, parseTargetName, type TargetName } from './target-name.ts';

/** What the inputs, the configuration and the host say of the machines. */
export interface TargetWishes {
  /** What to install on; none: what was built for. */
  readonly distributions: readonly string[];
  /** None: this host's when there are packages for it, else theirs. */
  readonly architectures: readonly string[];
  /** Those of the configuration: for when the inputs name neither distribution nor architecture. */
  readonly configured: readonly string[];
  /** The host's architecture. */
  readonly own: string;
  /** The lines of the input `image`. */
  readonly images: readonly string[];
}

/**
 * The systems to try, each once, with the packages that are for it, in the order they were named. Throws E_INPUT, E_DISTRIBUTION,
 * E_MANIFEST or E_ARCHITECTURE.
 */
export function chooseTargets(files: readonly ManifestFile[], wishes: TargetWishes): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const { distribution, architecture: wanted } of namesOf(files, wishes)) {
    const { builtFor, architecture, debs } = selectDebs(files, { distribution, architecture: wanted, own: wishes.own });
    const name = `${distribution}/${architecture}`;
    targets.set(name, { name, distribution, architecture, builtFor, image: undefined, debs });
  }
  return withImages([...targets.values()], parseImages(wishes.images));
}

function namesOf(files: readonly ManifestFile[], { distributions, architectures, configured }: TargetWishes): readonly TargetName[] {
  if (distributions.length === 0 && architectures.length === 0 && configured.length > 0) return configured.map(parseTargetName);
  const named = (distributions.length > 0 ? distributions : distributionsOf(files)).map(parseTargetName);
  return named.flatMap((name): TargetName[] => {
    // One that was named together with its distribution is of that distribution alone.
    if (name.architecture !== undefined || architectures.length === 0) return [name];
    return architectures.map((text) => ({ ...name, architecture: parseArchitecture(text) }));
  });
}

function withImages(targets: readonly Target[], images: readonly ImageWish[]): readonly Target[] {
  const names = targets.map(({ name }) => name).join(', ');
  const uses = targets.map((target) => ({ target, wishes: images.filter((wish) => isFor(wish, target)) }));
  for (const wish of images) {
    const of = wish.of === undefined ? '' : ` for ${wish.of.distribution}`;
    const served = uses.filter(({ wishes }) => wishes.includes(wish)).length;
    if (served === 0)
      throw new UserError('E_INPUT', `there is an image${of}, and no such target: ${names}`, {
        cure: 'Name the distribution among the targets, or leave its image out.',
      });
    if (served > 1)
      throw new UserError('E_INPUT', `${inertLine(wish.image)} is one system, and there are several targets${of}: ${names}`, {
        cure: 'Write the target before each image: debian:13/amd64=image.',
      });
  }
  return uses.map(({ target, wishes: [wish, ...others] }) => {
    if (others.length > 0) throw new UserError('E_INPUT', `there are several images for ${target.name}`, { cure: 'Leave one.' });
    return wish === undefined ? target : { ...target, image: wish.image };
  });
}

function isFor({ of }: ImageWish, { distribution, architecture }: Target): boolean {
  return of === undefined || (of.distribution === distribution && (of.architecture ?? architecture) === architecture);
}
