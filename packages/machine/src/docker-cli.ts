import type { ExecOptions, ExecResult, Host } from '@release-kit/action';

/** Variables of the docker client that say which daemon it talks to, and how; docker(1), Environment variables. */
const clientVariables = [
  'DOCKER_API_VERSION',
  'DOCKER_CERT_PATH',
  'DOCKER_CONFIG',
  'DOCKER_CONTEXT',
  'DOCKER_HOST',
  'DOCKER_TLS_VERIFY',
] as const;

/** What the docker client gets of our environment: the way to the daemon and nothing else. */
export function dockerEnvironment(host: Pick<Host, 'env'>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of clientVariables) {
    const value = host.env(name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** Runs the docker client. A failure is E_MACHINE unless the options say otherwise. */
export function docker(host: Host, args: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  return host.exec(['docker', ...args], { cwd: '/', errorCode: 'E_MACHINE', ...options, env: dockerEnvironment(host) });
}

/** Milliseconds. The daemon does what it was asked although its client is gone; so what makes or removes things is not cut short. */
const wholeTimeout = 120_000;

/**
 * Runs the docker client to its end although the run may be interrupted meanwhile: for what makes a thing, which would else come
 * to be after it was looked for, and for what removes it.
 */
export function dockerWhole(host: Host, args: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  return docker(host, args, { timeout: wholeTimeout, ...options, uninterrupted: true });
}
