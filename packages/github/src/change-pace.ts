const minute = 60_000;

export interface ChangeLimits {
  /** Changes in any minute. */
  readonly changesAMinute: number;
  /** Milliseconds from one change to the next, once GitHub refused something because of a limit. */
  readonly betweenChanges: number;
}

/**
 * When the next change may be sent. GitHub refuses more than about 80 a minute that create content, and asks whoever makes a large number of
 * changes for a second between them. So few of them go out as fast as they can, many as if a second were between them; and as soon as one is
 * refused, a second is.
 */
export class ChangePace {
  readonly #limits: ChangeLimits;
  /** When the changes of the last minute were sent, oldest first. */
  #sent: number[] = [];
  #isCareful = false;

  constructor(limits: ChangeLimits) {
    this.#limits = limits;
  }

  /** Milliseconds since the epoch, as `now`; in the past where nobody has to wait. */
  next(now: number): number {
    this.#sent = this.#sent.filter((at) => at > now - minute);
    const [oldest = 0] = this.#sent;
    const newest = this.#sent.at(-1) ?? 0;
    const ofMinute = this.#sent.length < this.#limits.changesAMinute ? 0 : oldest + minute;
    return Math.max(ofMinute, this.#isCareful ? newest + this.#limits.betweenChanges : 0);
  }

  sent(now: number): void {
    this.#sent.push(now);
  }

  /** GitHub refused something because of a limit. */
  refused(): void {
    this.#isCareful = true;
  }
}
