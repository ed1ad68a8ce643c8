import { inertLine } from '@release-kit/action';
import { runningScript, type ScriptFault } from './apt-output.ts';

/** What programs say that find no network: the resolver's words (gai_strerror(3)), the kernel's, and those of curl, wget and apt. */
const words =
  /Temporary failure in name resolution|Could not resolve host|Temporary failure resolving|unable to resolve host address|Name or service not known|getaddrinfo (?:EAI_AGAIN|ENOTFOUND)|Network is unreachable|No route to host|network unreachable/i;

export interface NetworkWish {
  /** What it was told. Inert. */
  readonly line: string;
  /** Whose words they are: the script that dpkg had announced last. */
  readonly script: ScriptFault | undefined;
}

/** The first sign in the output of dpkg that a maintainer script wanted the network, which is off; undefined: none. */
export function networkWish(lines: readonly string[]): NetworkWish | undefined {
  const index = lines.findIndex((line) => words.test(line));
  const line = lines[index];
  return line === undefined ? undefined : { line: inertLine(line.trim()), script: runningScript(lines.slice(0, index)) };
}
