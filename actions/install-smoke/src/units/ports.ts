import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { Listener } from './listeners.ts';

/** Ports from here on are given to whoever asks for none; ip(7), ip_local_port_range. A program that only sends may hold one of UDP. */
const firstEphemeral = 32_768;

/** What listens since the packages are there. A socket of systemd that a socket unit made has the name of that unit. */
export function newListeners(
  now: readonly Listener[],
  before: readonly Listener[],
  socketUnits: readonly { readonly unit: string; readonly listens: readonly string[] }[],
): readonly Listener[] {
  const known = new Set(before.map(({ address }) => address));
  return now
    .filter(({ address, protocol, port }) => !known.has(address) && !(protocol === 'udp' && port >= firstEphemeral))
    .map((listener) => {
      if (listener.unit !== 'init.scope') return listener;
      const made = socketUnits.find(({ listens }) => listens.some((listen) => isSame(listen, listener)));
      return made === undefined ? listener : { ...listener, unit: made.unit };
    });
}

/** `80` and `[::]:80` of a socket unit are `[::]:80/tcp`; systemd.socket(5), ListenStream=. */
function isSame(listen: string, { address, protocol, port }: Listener): boolean {
  if (protocol === 'unix') return listen === address;
  return `${listen}/${protocol}` === address || (listen === String(port) && address.startsWith('[::]:'));
}

/** A listed address and who listens there. `*` stands for any address. */
export function matches(listed: string, { address }: Listener): boolean {
  return listed === address || (listed.startsWith('*:') && address.endsWith(listed.slice(1)) && /^[^:]*:|^\[.*\]:/.test(address));
}

/** A listener of the internet that no entry of the list matches. */
export function unexpected(listeners: readonly Listener[], listed: readonly string[]): readonly Problem[] {
  return listeners
    .filter((listener) => listener.protocol !== 'unix' && !listed.some((entry) => matches(entry, listener)))
    .map((listener) => ({
      category: 'unexpected-port',
      message: `${wordsFor(listener)}, which smoke.ports does not list`,
      ...(listener.unit === undefined ? {} : { subject: { kind: 'unit', unit: listener.unit } as const }),
    }));
}

/** Entries of the list where nobody listens, with their index; `waited`: milliseconds in which somebody could have begun to. */
export function missing(
  listeners: readonly Listener[],
  listed: readonly string[],
  waited: number,
): readonly (Problem & { readonly index: number })[] {
  return listed.flatMap((entry, index) => {
    if (listeners.some((listener) => matches(entry, listener))) return [];
    const port = /:(\d+\/\w+)$/.exec(entry)?.[1] ?? entry;
    const elsewhere = listeners.find(({ address }) => address.endsWith(`:${port}`));
    const instead = elsewhere === undefined ? '' : `; ${wordsFor(elsewhere)}`;
    return [
      { index, category: 'missing-port' as const, message: `nobody listened on ${inertLine(entry)} within ${waited / 1000} s${instead}` },
    ];
  });
}

/** `hello.service listens on 127.0.0.1:8080/tcp`; inert. */
export function wordsFor({ address, unit, program }: Listener): string {
  return inertLine(`${unit ?? (program === '' ? 'something' : program)} listens on ${address}`);
}
