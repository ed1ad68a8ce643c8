import { type Host, inertLine, UserError } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import { userEnvironment } from './build-command.ts';
import { buildUser } from './build-user.ts';
import { type Finding, type GuardedBuild, guardFindings } from './guard.ts';
import type { PackageContent } from './package-content.ts';

/** Tells what the guards found. `wanted` is the input guards: with `warning` nothing is refused. Throws E_BUILD_GUARD. */
export function reportGuards(host: Host, contents: readonly PackageContent[], build: GuardedBuild, wanted: 'error' | 'warning'): void {
  const findings = guardFindings(contents, build);
  const isError = ({ level }: Finding): boolean => level === 'error' && wanted === 'error';
  for (const finding of findings.filter((each) => !isError(each)))
    host.annotate({
      level: 'warning',
      title: `package check: ${finding.guard}`,
      message: inertLine(`${finding.message}. ${finding.cure}`),
    });
  const [first, ...more] = findings.filter(isError);
  if (first === undefined) return;
  for (const { guard, message, cure } of more) host.log.warning(inertLine(`${guard}: ${message}. ${cure}`));
  const others = more.length === 0 ? '' : `; ${more.length} more ${more.length === 1 ? 'finding is' : 'findings are'} in the log`;
  throw new UserError('E_BUILD_GUARD', inertLine(`${first.message}${others}`), { cure: first.cure });
}

/** The upstream version of the C library of the machine, for distributions whose version is not fixed: `2.43`. */
export async function libcOfMachine(machine: Machine): Promise<string | undefined> {
  const { stdout } = await machine.run(['dpkg-query', '-W', '-f', `$\{Version}\\n`, 'libc6'], {
    user: buildUser,
    env: userEnvironment,
    allow: 'any',
  });
  return /^(\d+\.\d+)[-+~.]/.exec(stdout)?.[1];
}
