import type { Log } from '@release-kit/action';
import type { BuildPhase } from '@release-kit/debian';

const titles: Readonly<Record<BuildPhase, string>> = {
  dependencies: 'Install build dependencies',
  unpack: 'Unpack the source',
  configure: 'Configure',
  build: 'Build',
  test: 'Test',
  binary: 'Make the packages',
};

/** More would make the page of a run slow; the log file has them all. */
export const linesPerGroup = 3000;

export interface PhaseGroups {
  /** The phase before has ended well. */
  enter(phase: BuildPhase): void;
  /** A line of a tool's output, raw. */
  line(text: string): void;
  /** Resolves when the last group is closed. */
  end(outcome: 'done' | 'failed'): Promise<void>;
}

interface OpenGroup {
  readonly line: (text: string) => void;
  readonly close: (outcome: 'done' | 'failed') => void;
}

/**
 * Shows the output of a build while it runs, in one group per phase. Groups of the host are functions that end; output comes line by line, so
 * each group waits for the end of the one before, and keeps the lines that come meanwhile. A phase of one line, the line that
 * begins it, gets no group: its line goes to the next.
 */
export function phaseGroups(log: Log): PhaseGroups {
  let turn: Promise<void> = Promise.resolve();
  let title = '';
  /** Lines of phases without a group, and how many of them are of this phase. */
  const early: string[] = [];
  let own = 0;
  let group: OpenGroup | undefined;
  const open = (): OpenGroup => {
    const opened = openGroup(log, title, turn);
    turn = opened.closed;
    for (const line of early.splice(0)) opened.line(line);
    return opened;
  };
  return {
    enter(phase) {
      group?.close('done');
      group = undefined;
      own = 0;
      title = titles[phase];
    },
    line(text) {
      if (group !== undefined) return group.line(text);
      early.push(text);
      own += 1;
      if (own > 1) group = open();
    },
    async end(outcome) {
      if (group === undefined && early.length > 0) group = open();
      group?.close(outcome);
      group = undefined;
      await turn;
    },
  };
}

function openGroup(log: Log, title: string, before: Promise<void>): OpenGroup & { readonly closed: Promise<void> } {
  const early: string[] = [];
  const outcome = Promise.withResolvers<'done' | 'failed'>();
  let isOpen = false;
  let count = 0;
  const show = (text: string): void => {
    count += 1;
    if (count <= linesPerGroup) log.detail(text);
  };
  const body = async (): Promise<void> => {
    isOpen = true;
    for (const line of early.splice(0)) show(line);
    const how = await outcome.promise;
    if (count > linesPerGroup) log.detail(`… ${count - linesPerGroup} more lines are in the build log`);
    if (how === 'failed') throw new Error(title);
  };
  return {
    line: (text) => (isOpen ? show(text) : void early.push(text)),
    close: outcome.resolve,
    // Thrown above for the host's own mark of a failed group; why it failed is told by the build.
    closed: before.then(() => log.fold(title, body)).catch(() => {}),
  };
}
