/** Somebody who holds a group or waits for it. */
interface Member {
  state: 'waiting' | 'running' | 'gone';
  readonly turn: PromiseWithResolvers<boolean>;
  readonly cancel: () => void;
}

export interface Membership {
  /** Resolves when it is this one's turn; with false when a later one took its place in the queue. */
  readonly turn: Promise<boolean>;
  leave(): void;
}

/** `concurrency:` as GitHub has it: one runs, one waits, and a third takes the place of the one that waits. */
export class ConcurrencyGroups {
  readonly #running = new Map<string, Member>();
  readonly #waiting = new Map<string, Member>();

  /** `cancel` is called when the one that joined has to stop for a later one. */
  join(group: string, cancelInProgress: boolean, cancel: () => void): Membership {
    const key = group.toLowerCase();
    const member: Member = { state: 'waiting', turn: Promise.withResolvers<boolean>(), cancel };
    const replaced = this.#waiting.get(key);
    if (replaced !== undefined) {
      replaced.state = 'gone';
      replaced.turn.resolve(false);
    }
    this.#waiting.set(key, member);
    if (cancelInProgress) this.#running.get(key)?.cancel();
    this.#next(key);
    return { turn: member.turn.promise, leave: () => this.#leave(key, member) };
  }

  #next(key: string): void {
    const next = this.#waiting.get(key);
    if (next === undefined || this.#running.has(key)) return;
    this.#waiting.delete(key);
    this.#running.set(key, next);
    next.state = 'running';
    next.turn.resolve(true);
  }

  #leave(key: string, member: Member): void {
    if (member.state === 'waiting') this.#waiting.delete(key);
    if (member.state === 'running') this.#running.delete(key);
    member.state = 'gone';
    this.#next(key);
  }
}
