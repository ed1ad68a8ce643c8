import { UserError } from '@release-kit/action/errors';

/** How the release tags of one package are written: `prefix`, a semantic version, `suffix`. */
export interface TagFamily {
  /** `v`, `pkg/v`, `pkg@`; maybe empty. */
  readonly prefix: string;
  /** Mostly empty. */
  readonly suffix: string;
}

const maxPattern = 200;

/**
 * Reads `v*`, `pkg/v*`, `pkg@*`, `pkg-v*` or `*-stable`: the star stands for the version. A digit or a dot beside the star could be taken for a part
 * of the version, so such a pattern is refused, and so is what cannot stand in a tag (git-check-ref-format(1)).
 *
 * @throws UserError E_TAG
 */
export function tagFamily(pattern: string): TagFamily {
  const problem = (what: string) =>
    new UserError('E_TAG', `the pattern of tags ${JSON.stringify(pattern.slice(0, maxPattern))} ${what}`, {
      cure: 'Write what tags look like, with one * for the version: v*, or name/v*, or name@*.',
    });
  if (pattern.length > maxPattern) throw problem(`is longer than ${maxPattern} characters`);
  const [prefix = '', suffix, ...more] = pattern.split('*');
  if (suffix === undefined || more.length > 0) throw problem('needs one * where the version stands');
  if (!/^(?:[A-Za-z0-9@_][A-Za-z0-9@_./-]*)?$/.test(prefix) || !/^[A-Za-z0-9@_./-]*$/.test(suffix))
    throw problem('may hold only letters, digits and @ _ . / -, and does not start with . / or -');
  if (/[0-9.]$/.test(prefix) || /^[0-9.]/.test(suffix)) throw problem('has a digit or a dot beside the *');
  if (/\.\.|\/\/|\/\.|\.\/|\/$|\.lock(?:\/|$)|@$|\.$/.test(`${prefix}0${suffix}`)) throw problem('is no name that git allows');
  return { prefix, suffix };
}

/** The name of the tag of a version. */
export function tagName({ prefix, suffix }: TagFamily, version: string): string {
  return `${prefix}${version}${suffix}`;
}

/** What stands between prefix and suffix; undefined when the name is not of the family. */
export function textOfFamily(name: string, { prefix, suffix }: TagFamily): string | undefined {
  if (name.length <= prefix.length + suffix.length || !name.startsWith(prefix) || !name.endsWith(suffix)) return undefined;
  return name.slice(prefix.length, name.length - suffix.length);
}
