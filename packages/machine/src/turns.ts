import { UserError } from '@release-kit/action';

export interface Turns {
  /** Starts `body` when everything asked for before has ended, well or not. */
  next<T>(body: () => Promise<T>): Promise<T>;
}

/** An overlay must not be mounted twice at a time, so what uses it takes turns. */
export function oneAfterTheOther(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    next(body) {
      const mine = last.then(body, body);
      last = mine.catch(() => {}); // its caller hears of the error
      return mine;
    },
  };
}

/** Turns of one machine: commands and copies have to wait until it is no longer booted, and nothing comes after its files were taken away. */
export interface MachineTurns extends Turns {
  /** Starts `body`, which boots the machine; it is booted until the function is called that `body` is given. */
  boot<T>(body: (ended: () => void) => Promise<T>): Promise<T>;
  /** Starts `body`, which takes the files of the machine away. */
  take<T>(body: () => Promise<T>): Promise<T>;
  /** Whatever state the machine is in: a command that was killed may still be ending. */
  dispose(body: () => Promise<void>): Promise<void>;
}

/** E_MACHINE for what comes while the machine is booted or after its files were taken away: it would wait for ever, or see nothing. */
export function turnsOfMachine(): MachineTurns {
  const turns = oneAfterTheOther();
  let isBooted = false;
  let isTaken = false;
  const next: Turns['next'] = (body) => {
    if (isBooted) throw new UserError('E_MACHINE', 'a command was given to a machine while it is booted; give it to the booted machine');
    if (isTaken) throw new UserError('E_MACHINE', 'a command was given to a machine whose files were taken away');
    return turns.next(body);
  };
  return {
    next,
    boot: (body) =>
      next(() => {
        isBooted = true;
        return body(() => {
          isBooted = false;
        });
      }),
    take: (body) =>
      next(() => {
        isTaken = true;
        return body();
      }),
    dispose: (body) => turns.next(body),
  };
}
