import { inertLine } from '@release-kit/action';
import { runningScript, type ScriptFault } from './apt-output.ts';

/** What programs say that find no network: the resolver's words (gai_strerror(3)), the kernel's, and those of curl, wget and apt. */
const words =
  /Temporary failure in name resolution|Could not resolve host|Temporary failure resolving|unable to resolve host address|Name or service not known|getaddrinfo (?:EAI_AGAIN|ENOTFOUND)|Network is unreachable|No route to host|network unreachable/i;

export interface NetworkWish {
  /** What it was told. Inert. */
  readonly line: string;
  /** Whose words they are: the script that dpkg had announced last. */
  readonly script: ScriptFault;
}

/** The first sign for each maintainer script in the output of dpkg that it wanted the network, which is off. */
export function networkWishes(lines: readonly string[]): readonly NetworkWish[] {
  const found = new Map<string, NetworkWish>();
  for (const [index, line] of lines.entries()) {
    const script = words.test(line) ? runningScript(lines.slice(0, index)) : undefined;
    const key = `${script?.package} ${script?.name}`;
    if (script !== undefined && !found.has(key)) found.set(key, { line: inertLine(line.trim()), script });
  }
  return [...found.values()];
}
