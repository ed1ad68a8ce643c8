import { type ExecResult, type Host, inertLine, UserError } from '@release-kit/action';
import { docker } from './docker-cli.ts';
import { findProgram } from './host-needs.ts';

/** What this host has of Docker; each lack has its own cure. */
export type DockerState =
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'no-client' }
  | { readonly kind: 'no-permission'; readonly reason: string }
  | { readonly kind: 'no-answer'; readonly reason: string };

/** Milliseconds. A daemon that hangs is none. */
const answerTimeout = 20_000;

/** Asks the daemon that the environment names for its version. */
export async function probeDocker(host: Host): Promise<DockerState> {
  if ((await findProgram('docker', process.env['PATH'])) === undefined) return { kind: 'no-client' };
  try {
    const format = '{{.Server.Os}} {{.Server.Version}}';
    return readProbe(await docker(host, ['version', '--format', format], { allow: 'any', timeout: answerTimeout }));
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_TIMEOUT')
      return { kind: 'no-answer', reason: `it did not answer within ${answerTimeout / 1000} s` };
    throw error;
  }
}

/** Reads what `docker version` said. */
export function readProbe({ exitCode, stdout, stderr }: ExecResult): DockerState {
  const [, system, version] = /^(\S+) (\S+)\s*$/.exec(stdout) ?? [];
  if (exitCode === 0 && version !== undefined)
    return system === 'linux'
      ? { kind: 'ready', version }
      : { kind: 'no-answer', reason: `it runs machines of ${inertLine(system ?? '')}, not of Linux` };
  const lines = stderr.trim().split('\n');
  const reason = inertLine(lines.find((line) => /denied|connect|daemon|TLS|certificate|context/i.test(line)) ?? lines.at(-1) ?? '');
  return { kind: /permission denied/i.test(reason) ? 'no-permission' : 'no-answer', reason };
}
