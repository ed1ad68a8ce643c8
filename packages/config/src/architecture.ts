import { UserError } from '@release-kit/action/errors';
import { nearest } from '@release-kit/action/nearest';

/** Debian's names of the architectures that can be named in a configuration, in the order of the documentation. */
export const architectureNames: readonly string[] = ['amd64', 'arm64', 'armhf', 'i386', 'ppc64el', 'riscv64', 's390x'];

// What uname, Docker and compilers say, which is what people write first.
const otherNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'armhf',
  armv7: 'armhf',
  arm: 'armhf',
  i686: 'i386',
  x86: 'i386',
  ppc64le: 'ppc64el',
};

/** `"aarch64" is not a known architecture; Debian calls it arm64` */
export function unknownArchitecture(text: string): string {
  const debian = Object.hasOwn(otherNames, text) ? otherNames[text] : undefined;
  const near = nearest(text, architectureNames);
  const hint = debian !== undefined ? `; Debian calls it ${debian}.` : near !== undefined ? `; did you mean ${near}?` : '.';
  return `${JSON.stringify(text)} is not a known architecture${hint} Known are ${architectureNames.join(', ')}`;
}

/** Returns the name when it is known; throws E_ARCHITECTURE with the nearest one. */
export function parseArchitecture(text: string): string {
  if (architectureNames.includes(text)) return text;
  throw new UserError('E_ARCHITECTURE', unknownArchitecture(text));
}
