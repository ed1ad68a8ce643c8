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
