import { createHook } from 'node:async_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';

/**
 * Everything of a process that a test can change or leave behind and that may reach the next test: compared by identity. A promise can only
 * settle later by way of a resource that is still open, so where none is, no rejection can arrive late.
 */
export type ProcessState = ReadonlyMap<string, unknown>;

/** What differs, by name. */
export function changes(before: ProcessState, after: ProcessState): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => !Object.is(before.get(name), after.get(name))).sort();
}

/**
 * Milliseconds; what ends by itself may take these: sockets that close, a child that was killed, and for up to a second Node's timer of the
 * HTTP date and undici's of its connections. A second of waiting is less than the start of another process.
 */
const patience = [0, 0, 1, 5, 10, 20, 50, 100, 200, 300, 500];

/** The state once nothing differs any more, or once patience has ended. */
export async function settled(stateNow: () => ProcessState, before: ProcessState): Promise<ProcessState> {
  for (const wait of patience) {
    if (wait > 0) await setTimeout(wait);
    // The timer itself is forgotten one turn later.
    await setImmediate();
    if (changes(before, stateNow()).length === 0) break;
  }
  return stateNow();
}

/**
 * Resources that can call back though the event loop does not wait for them (`unref`), by the names of async_hooks. Node lists only those
 * it waits for.
 */
const tracked = new Set([
  'FSEVENTWRAP',
  'MESSAGEPORT',
  'PIPESERVERWRAP',
  'PIPEWRAP',
  'PROCESSWRAP',
  'SIGNALWRAP',
  'STATWATCHER',
  'TCPSERVERWRAP',
  'TCPWRAP',
  'Timeout',
  'TLSWRAP',
  'TTYWRAP',
  'UDPWRAP',
  'WORKER',
]);

/** Modules of Node are the same objects for all tests of a process. */
const shared = [
  'assert',
  'buffer',
  'child_process',
  'crypto',
  'dns',
  'dns/promises',
  'events',
  'fs',
  'fs/promises',
  'http',
  'http2',
  'https',
]
  .concat(['module', 'net', 'os', 'path', 'perf_hooks', 'readline', 'readline/promises', 'stream', 'stream/promises', 'timers'])
  .concat(['timers/promises', 'tls', 'tty', 'url', 'util', 'v8', 'vm', 'worker_threads', 'zlib']);

/** Begins to watch this process; the function says how it is now. */
export function watchProcess(): () => ProcessState {
  const open = new Map<number, string>();
  const init = (id: number, type: string): void => {
    if (tracked.has(type)) open.set(id, type);
  };
  createHook({ init, destroy: (id) => void open.delete(id), trackPromises: false }).enable();
  return () =>
    new Map<string, unknown>([
      ['working directory', process.cwd()],
      ['umask', process.umask()],
      ['exit code', process.exitCode],
      ['title', process.title],
      ['arguments', JSON.stringify([process.argv, process.execArgv])],
      ...Object.entries(process.env).map(([name, value]) => [`variable ${name}`, value] as const),
      ...process.eventNames().map((name) => [`listeners of ${String(name)}`, process.listenerCount(name)] as const),
      ...tally(process.getActiveResourcesInfo().filter((type) => type !== 'Immediate')).map(
        ([type, count]) => [`waits for ${type}`, count] as const,
      ),
      ...tally([...open.values()]).map(([type, count]) => [`open ${type}`, count] as const),
      ...shared.flatMap(membersOf),
    ]);
}

function tally(types: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts];
}

function membersOf(name: string): readonly (readonly [string, unknown])[] {
  const members = Object.getOwnPropertyDescriptors(process.getBuiltinModule(`node:${name}`));
  return Object.entries(members).map(([member, { value, get }]) => [`${name}.${member}`, get ?? value]);
}
