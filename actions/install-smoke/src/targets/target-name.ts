import { inertLine, UserError } from '@release-kit/action';
import { parseArchitecture } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';

/** What a person writes for a target. */
export interface TargetName {
  /** By its release: `debian:12`, also where the codename was written. */
  readonly distribution: string;
  /** Debian's name; undefined: what the packages are for. */
  readonly architecture: string | undefined;
}

/** Reads `debian:12` or `ubuntu:noble/arm64`. Throws E_DISTRIBUTION or E_ARCHITECTURE. */
export function parseTargetName(text: string): TargetName {
  const [distribution = '', ...rest] = text.split('/');
  return {
    distribution: parseDistribution(distribution).name,
    architecture: rest.length === 0 ? undefined : parseArchitecture(rest.join('/')),
  };
}

/** A system to use instead of one made from an archive, and for which targets; without a name for the only one. */
export interface ImageWish {
  readonly of: TargetName | undefined;
  readonly image: string;
}

/** Reads lines such as `debian:13=./root.tar` or `debian:13/arm64=registry.example/system:1`, or one line that is only the image. */
export function parseImages(lines: readonly string[]): readonly ImageWish[] {
  const wishes = lines.map((line): ImageWish => {
    // The name of an image has no =, but its tag looks as the release of a distribution does; the path of a file has one at times.
    const [, name, image] = line.startsWith('.') || line.startsWith('/') ? [] : (/^([^=]+)=(.*)$/.exec(line) ?? []);
    if (name === undefined || image === undefined) return { of: undefined, image: line };
    if (image.trim() === '') throw new UserError('E_INPUT', `the image of ${inertLine(name)} is empty`);
    return { of: parseTargetName(name.trim()), image: image.trim() };
  });
  if (wishes.length > 1 && wishes.some(({ of }) => of === undefined))
    throw new UserError('E_INPUT', 'there are several images, and one of them does not say for which distribution', {
      cure: 'Write each line as debian:13=image.',
    });
  return wishes;
}
