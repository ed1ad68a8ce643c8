import { type Argv, type ExecResult, type Host, inertLine, shellWord, UserError } from '@release-kit/action';
import type { MachineCommand } from '@release-kit/machine';
import type { Problem } from '../problem.ts';
import type { Step } from '../steps.ts';

/** A machine, booted or not. */
interface ShellMachine {
  run(argv: Argv, command?: MachineCommand): Promise<ExecResult>;
}

/** Ends a track in whose machine somebody has worked: what its other steps found would not be the packages' doing. */
export class ShellLeft extends Error {}

export interface FailureShell {
  /** The machine that a shell would be opened in from now on; what is returned notes the commands that it is given. */
  watch<M extends ShellMachine>(machine: M, place: { readonly network: boolean }): M;
  /** Opens the shell when somebody at a terminal asked for one; throws ShellLeft when it was left. */
  open(step: Step): Promise<void>;
}

/** A shell in the machine of a track, in the state in which its first failed step left it. `where`: `debian:12/amd64, life cycle`. */
export function failureShell(host: Host, where: string): FailureShell {
  let current: { readonly machine: ShellMachine; readonly network: boolean } | undefined;
  let last: Argv | undefined;
  return {
    watch: (machine, { network }) => {
      current = { machine, network };
      return {
        ...machine,
        run: (argv: Argv, command?: MachineCommand) => {
          last = argv;
          return machine.run(argv, command);
        },
      };
    },
    async open({ name, problems }) {
      if (host.onFailure !== 'shell' || host.signal.aborted || current === undefined) return;
      const { machine, network } = current;
      host.log.info(
        `A shell in the machine of ${where}, after the step ${name}, as root, in /, ${network ? 'with' : 'without'} network. Leave it with exit; the machine is gone then, and the rest of the track is not run.`,
      );
      const again = againText(problems, last);
      if (again !== undefined) host.log.info(`To try again: ${again}`);
      const env = { TERM: host.env('TERM') ?? 'dumb', PS1: '(smoke) \\w\\$ ' };
      try {
        const { exitCode } = await machine.run(['bash', '--norc', '-i'], {
          terminal: true,
          env,
          allow: 'any',
          ...(network ? { network } : {}),
        });
        host.log.debug(`the shell ended with ${exitCode}`);
      } catch (error) {
        // Why the step failed is what matters.
        if (!(error instanceof UserError) || host.signal.aborted) throw error;
        host.log.warning(`no shell: ${error.message}`);
        return;
      }
      throw new ShellLeft('the shell was left');
    },
  };
}

/** The command line that does again what failed: starts the unit at fault, else what ran last. */
export function againText(problems: readonly Problem[], last: Argv | undefined): string | undefined {
  const unit = problems.map(({ subject }) => (subject?.kind === 'unit' ? subject.unit : undefined)).find((name) => name !== undefined);
  if (unit !== undefined) {
    const word = shellWord(unit);
    return inertLine(`systemctl restart ${word}; systemctl status ${word}; journalctl --unit=${word}`);
  }
  return last === undefined ? undefined : inertLine(last.map(shellWord).join(' '));
}
