import { inertLine } from '@release-kit/action';
import { placeInConfig } from '../config-place.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { type Listener, readListeners } from './listeners.ts';
import { packagedUnits } from './packaged-unit.ts';
import { missing, newListeners, unexpected } from './ports.ts';
import { type UnitResult, unitStates } from './services.ts';

/** Milliseconds. A service may bind its ports later than it says that it is ready. */
const patience = 10_000;
const pollInterval = 250;

/** Where the packages listen, against smoke.ports where that is set. */
export async function checkPorts(session: Session): Promise<Finding & { readonly listeners: readonly Listener[] }> {
  const { host, config, timeout } = session;
  const { ports } = config.smoke;
  const limit = Math.min(timeout, patience);
  const deadline = host.clock.now() + limit;
  const sockets = await socketUnits(session);
  for (;;) {
    const listeners = newListeners(await readListeners(session.run), session.listeningBefore, sockets);
    const absent = missing(listeners, ports ?? [], limit);
    if (absent.length === 0 || host.clock.now() >= deadline) {
      const problems: Problem[] = [
        ...unexpected(listeners, ports ?? listeners.map(({ address }) => address)).map((problem) =>
          placeInConfig(problem, config, 'smoke.ports'),
        ),
        ...absent.map(({ index, ...problem }) => placeInConfig(problem, config, `smoke.ports[${index}]`)),
      ];
      return { listeners, problems, note: noteOf(listeners, ports === undefined) };
    }
    host.progress.update(`waiting for somebody to listen on ${absent.map(({ index }) => inertLine(ports?.[index] ?? '')).join(', ')}`);
    await host.clock.sleep(pollInterval);
  }
}

async function socketUnits({ machine, run, manager, packages }: Session): Promise<readonly { unit: string; listens: readonly string[] }[]> {
  const packaged = packagedUnits(await manager.pathsOf(run, packages));
  return unitStates(
    machine,
    packaged.filter((unit) => unit.manager === 'system' && !unit.isTemplate && unit.name.endsWith('.socket')).map(({ name }) => name),
  );
}

/** Where nothing is listed, what the whole network can reach is pointed out. */
function noteOf(listeners: readonly Listener[], isUnlisted: boolean): string {
  if (listeners.length === 0) return 'nobody listens';
  const words = listeners.map(({ address, unit, program, isEverywhere }) => {
    const open = isUnlisted && isEverywhere ? ', open to the network' : '';
    return inertLine(`${address} (${unit ?? (program === '' ? 'unknown' : program)}${open})`);
  });
  return words.join(', ');
}

/** The units with where they listen; addresses are inert. */
export function withListeners(units: readonly UnitResult[], listeners: readonly Listener[]): readonly UnitResult[] {
  return units.map((unit) => {
    const listens = listeners.filter((listener) => listener.unit === unit.unit).map(({ address }) => inertLine(address));
    return listens.length === 0 ? unit : { ...unit, listens };
  });
}
