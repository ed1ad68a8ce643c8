import { UserError } from '@release-kit/action/errors';
import { nearest } from '@release-kit/action/nearest';

export interface Distribution {
  /** As users write it and manifests keep it: `debian:12`. */
  readonly name: string;
  /** Whose archive it is made from: Raspberry Pi OS from Debian's, with one of its own laid over it. */
  readonly vendor: 'debian' | 'ubuntu';
  readonly release: string;
  /** The suite in the archive. */
  readonly codename: string;
}

const codenames = {
  'debian:11': 'bullseye',
  'debian:12': 'bookworm',
  'debian:13': 'trixie',
  'debian:sid': 'sid',
  'ubuntu:22.04': 'jammy',
  'ubuntu:24.04': 'noble',
  'ubuntu:26.04': 'resolute',
  'raspios:12': 'bookworm',
  'raspios:13': 'trixie',
} as const;

/** Every distribution that can be named, in the order of the documentation. */
export const distributionNames: readonly string[] = Object.keys(codenames);

/** Reads `debian:12` or `debian:bookworm`. Throws E_DISTRIBUTION with the nearest known name. */
export function parseDistribution(text: string): Distribution {
  for (const [name, codename] of Object.entries(codenames)) {
    const [vendor = '', release = ''] = name.split(':');
    if (text === name || text === `${vendor}:${codename}`)
      return { name, vendor: vendor === 'ubuntu' ? 'ubuntu' : 'debian', release, codename };
  }
  throw new UserError(
    'E_DISTRIBUTION',
    `${JSON.stringify(text)} is not a known distribution${hint(text)} Known are ${distributionNames.join(', ')}`,
  );
}

/** A release is never guessed where only a vendor is named: which one is meant decides what the package runs on. */
function hint(text: string): string {
  const word = text.toLowerCase();
  if (distributionNames.some((name) => name.startsWith(`${word}:`))) return '; name its release as well.';
  const named = Object.entries(codenames).filter(([, codename]) => codename === word);
  if (named.length > 0) return `; write ${named.map(([name]) => name).join(' or ')}.`;
  const near = nearest(text, distributionNames);
  return near === undefined ? '.' : `; did you mean ${near}?`;
}
