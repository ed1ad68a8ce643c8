import { mkdir } from 'node:fs/promises';
import { CommandError, UserError } from './errors.ts';
import type { Host } from './host.ts';
import { inertLine } from './inert.ts';
import { startAsRoot } from './spawn.ts';
import type { ActionSpec } from './spec.ts';
import { codeOf } from './system-error.ts';

/** Set for the second program: it is root by our doing, and its standard input closes when it is to end. */
export const lifelineVariable = 'RELEASE_KIT_LIFELINE';

export const hasLifeline = (env: NodeJS.ProcessEnv): boolean => env[lifelineVariable] === '1';

const cure = 'Use a runner on which sudo asks for no password (GitHub-hosted ones do not), or run the job as root, such as in a container.';

/**
 * Starts this program again as root when the action needs root and we are another user. Returns the exit code of the
 * second program, or undefined when there is none to start: then this one is to go on. Throws UserError E_HOST.
 */
export async function runAsRoot(spec: ActionSpec, env: NodeJS.ProcessEnv, host: Host): Promise<number | undefined> {
  if (spec.root === undefined || process.getuid?.() === 0) return undefined;
  if (hasLifeline(env)) throw new UserError('E_HOST', 'sudo started this as an ordinary user', { cure });
  refuseWhatSudoDrops(env);
  const sudo = sudoCommand(env);
  await trySudo([...sudo, 'true'], env, host);
  await makeCacheFolder(host);
  host.log.info(`Starting as root, by sudo: ${spec.root}`);
  const { exitCode, signal } = await startAsRoot(
    [...sudo, process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    env,
    host.signal,
  );
  if (exitCode === null) throw new UserError('E_HOST', `sudo was ended by ${signal}`, { cure: 'Look for a lack of memory on this host.' });
  return exitCode;
}

/**
 * What stands before a program that root is to run. sudo gets the environment as a whole: what is named to it
 * (`--preserve-env=NAME`) it writes to its log with its value. PATH and HOME are said again because sudo's own rules
 * replace them; with HOME the cache folder stays the user's.
 */
export function sudoCommand(env: NodeJS.ProcessEnv): readonly ['sudo', ...string[]] {
  const given = ['PATH', 'HOME'].flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]));
  return ['sudo', '-n', '-E', '--', 'env', ...given, `${lifelineVariable}=1`];
}

/** sudo drops variables whose value looks like a function of bash, whatever it was told. */
function refuseWhatSudoDrops(env: NodeJS.ProcessEnv): void {
  const dropped = Object.keys(env).find((name) => name.startsWith('INPUT_') && env[name]?.startsWith('()') === true);
  if (dropped === undefined) return;
  const name = inertLine(dropped.slice('INPUT_'.length).toLowerCase());
  throw new UserError('E_INPUT', `input ${name} starts with "()", and sudo hands no such text on`);
}

async function trySudo(argv: readonly ['sudo', ...string[]], env: NodeJS.ProcessEnv, host: Host): Promise<void> {
  try {
    const given = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    await host.exec(argv, { env: Object.fromEntries(given), timeout: 20_000 });
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    const said = error instanceof CommandError ? error.failure.lastLines.join('; ') : '';
    const why = said === '' ? error.message : said;
    throw new UserError('E_HOST', `this action needs root, and sudo does not give it: ${why}`, { cure, cause: error });
  }
}

/** Made now it is the user's, as on a host without sudo; made later it would be root's. */
async function makeCacheFolder(host: Host): Promise<void> {
  try {
    await mkdir(host.files.cache, { recursive: true });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) throw error;
    host.log.debug(`Only root may make the cache folder ${host.files.cache}`);
  }
}
