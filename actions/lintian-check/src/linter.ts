import { type Host, inertLine, UserError } from '@release-kit/action';
import { nearest } from '@release-kit/action/nearest';
import { distributionNames, parseDistribution, type TagFacts } from '@release-kit/debian';

/**
 * The distribution whose lintian checks what was built for another one. Raspberry Pi OS has the lintian of the Debian it is made from.
 *
 * @param wanted `build`, or a distribution. E_INPUT when it is neither.
 */
export function linterFor(wanted: string, distribution: string): string {
  if (wanted !== 'build') return parseWanted(wanted);
  const { vendor, release } = parseDistribution(distribution);
  return `${vendor}:${release}`;
}

function parseWanted(wanted: string): string {
  try {
    const { vendor, release } = parseDistribution(wanted);
    return `${vendor}:${release}`;
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError('E_INPUT', `lintian: ${JSON.stringify(wanted)} is neither build nor one of ${distributionNames.join(', ')}`, {
      cause,
    });
  }
}

const tagForm = /^[a-z0-9][a-z0-9+.-]*(?:\/[a-z0-9][a-z0-9+.-]*)*$/i;

/** The tags that are not looked for, each once, sorted. E_INPUT for what cannot be the name of a tag. */
export function suppressedTags(given: readonly string[]): readonly string[] {
  for (const tag of given) {
    if (!tagForm.test(tag)) throw new UserError('E_INPUT', `suppress-tags: ${JSON.stringify(tag)} is not the name of a tag`);
  }
  return [...new Set(given)].sort();
}

/** Those that this lintian knows, by a present or former name; it would refuse to run with another one. What it does not know is told. */
export function knownTags(tags: readonly string[], facts: ReadonlyMap<string, TagFacts>, version: string, host: Host): readonly string[] {
  const former = new Set([...facts.values()].flatMap(({ formerNames }) => formerNames));
  return tags.filter((tag) => {
    if (facts.has(tag) || former.has(tag)) return true;
    const near = nearest(tag, [...facts.keys()]);
    host.log.warning(`lintian ${version} knows no tag ${inertLine(tag)}${near === undefined ? '' : `; did you mean ${inertLine(near)}?`}`);
    return false;
  });
}
