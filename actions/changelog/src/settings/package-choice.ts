import { inertLine, nearest, type Place, UserError } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import { packageTags, type TagFamily, tagFamily } from '@release-kit/history';

/** Whose commits and tags count. */
export interface ChosenPackage {
  /** '' of a repository that is one package. */
  readonly name: string;
  /** From the root of the repository; '' for the root. */
  readonly path: string;
  readonly family: TagFamily;
}

export interface PackageChoice {
  readonly chosen: ChosenPackage;
  /** All packages of the repository; only the chosen one where it is one, and all commits are its own. */
  readonly packages: readonly ChosenPackage[];
}

/**
 * The package that was asked for by name, or the whole repository. Throws E_INPUT when there are several and none is named, and for a
 * name that is not known; E_TAG or E_CONFIG, with the place, for patterns of tags that are none or that two packages share.
 */
export function choosePackage(
  { package: wanted, tags }: { readonly package: string | undefined; readonly tags: string | undefined },
  { changelog, place }: Config,
): PackageChoice {
  const packages = changelog.packages.map(({ name, path, tags: pattern }, index) => ({
    name,
    path,
    family: placed(() => tagFamily(pattern), place(`changelog.packages[${index}].tags`)),
  }));
  placed(() => packageTags(packages), place('changelog.packages'));
  const names = packages.map(({ name }) => inertLine(name)).join(', ');
  if (wanted === undefined) {
    if (packages.length > 0 && tags === undefined && changelog.tags === undefined)
      throw new UserError('E_INPUT', `the repository has several packages; name one of them: ${names}`, {
        cure: 'Give the input package, or, for one release of the whole repository, changelog.tags in the configuration.',
      });
    const family = tags === undefined ? placed(() => tagFamily(changelog.tags ?? 'v*'), place('changelog.tags')) : tagFamily(tags);
    const whole = { name: '', path: '', family };
    return { chosen: whole, packages: [whole] };
  }
  const chosen = packages.find(({ name }) => name === wanted);
  if (chosen !== undefined) return tags === undefined ? { chosen, packages } : withTags({ ...chosen, family: tagFamily(tags) }, packages);
  const near = nearest(
    wanted,
    packages.map(({ name }) => name),
  );
  throw new UserError('E_INPUT', `${JSON.stringify(inertLine(wanted))} is no package of the configuration`, {
    cure:
      names === ''
        ? 'List it in changelog.packages of release-kit.yml, with name, path and tags.'
        : `Name one of ${names}${near === undefined ? '' : `; did you mean ${inertLine(near)}?`}.`,
  });
}

function withTags(chosen: ChosenPackage, packages: readonly ChosenPackage[]): PackageChoice {
  const changed = packages.map((each) => (each.name === chosen.name ? chosen : each));
  packageTags(changed);
  return { chosen, packages: changed };
}

/** What the configuration has wrong, where it stands. */
export function placed<T>(act: () => T, place: Place | undefined): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof UserError) || place === undefined || error.place !== undefined) throw error;
    const { code, message, cure } = error;
    throw new UserError(code, message, { place, cause: error, ...(cure === undefined ? {} : { cure }) });
  }
}
