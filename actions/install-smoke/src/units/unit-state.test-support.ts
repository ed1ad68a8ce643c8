import type { UnitState } from './unit-state.ts';

/** A service that runs, with what matters to a test. */
export function unitStateOf(given: Partial<UnitState> = {}): UnitState {
  return {
    unit: 'u.service',
    id: given.unit ?? 'u.service',
    load: 'loaded',
    active: 'active',
    sub: 'running',
    result: 'success',
    file: 'enabled',
    type: 'simple',
    restarts: 0,
    mainPid: 10,
    status: 0,
    condition: true,
    assertion: true,
    started: true,
    queued: false,
    lived: 0,
    triggers: [],
    listens: [],
    accepts: false,
    elapses: false,
    ...given,
  };
}
