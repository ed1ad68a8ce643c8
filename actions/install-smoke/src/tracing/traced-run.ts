import { firstErrorOf, type Host, UserError } from '@release-kit/action';
import type { Category } from '../category.ts';
import type { Problem } from '../problem.ts';
import type { TrackResult } from '../target.ts';
import { type Ground, runTrack, type Track } from '../tracks/track.ts';
import { namedLine, type ScriptTrace } from './script-trace.ts';
import { type ScriptSubject, TraceTaken, tracedManager } from './traced-manager.ts';

/**
 * Runs a track. When a maintainer script failed in it, it runs a second time with tracing on in that script, and what ran last is added to the problem. That is only a help: when
 * the script does not fail again, or the second run cannot be had, the result stays as it was.
 */
export async function runTraced(ground: Ground, track: Track): Promise<TrackResult> {
  const { tracing } = ground;
  const result = await runTrack(ground, track);
  const blamed = result.problems.find(isTraced);
  if (tracing === undefined || blamed?.subject?.kind !== 'script' || ground.host.signal.aborted) return result;
  const { subject } = blamed;
  const key = JSON.stringify([subject.package, subject.name, blamed.message]);
  const taking = tracing.book.get(key) ?? takeTrace({ ...ground, manager: tracing.manager }, track, subject);
  tracing.book.set(key, taking);
  const explained = explain(blamed, subject, await taking);
  const replaced = (problems: readonly Problem[]): readonly Problem[] => problems.map((each) => (each === blamed ? explained : each));
  return {
    ...result,
    problems: replaced(result.problems),
    steps: result.steps.map((step) => ({ ...step, problems: replaced(step.problems) })),
  };
}

/** Where the script ended badly. What used up its machine would use up another one, and what is only wrong in its effect does not fail again. */
const traced: ReadonlySet<Category> = new Set([
  ...(['script-failed', 'script-hangs', 'needs-network', 'removal-failed', 'upgrade-failed', 'downgrade-failed'] as const),
]);

export function isTraced({ category, subject, level }: Problem): boolean {
  return subject?.kind === 'script' && level !== 'warning' && traced.has(category);
}

async function takeTrace(ground: Ground, track: Track, subject: ScriptSubject): Promise<ScriptTrace | undefined> {
  const { host } = ground;
  host.log.info(`the ${subject.name} script of ${subject.package} is run again, to see its last commands`);
  const quiet = quietHost(host);
  try {
    const manager = tracedManager(ground.manager, subject, quiet);
    await runTrack({ ...ground, host: quiet, manager, spare: () => undefined, logs: undefined, tracing: undefined }, track);
    host.log.info(`the ${subject.name} script of ${subject.package} did not fail a second time`);
    return undefined;
  } catch (thrown) {
    const error = firstErrorOf(thrown);
    if (error instanceof TraceTaken) {
      for (const command of error.trace?.commands ?? []) host.log.info(`  + ${command}`);
      return error.trace;
    }
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw thrown;
    host.log.info(`no trace of the ${subject.name} script of ${subject.package}: ${error.message}`);
    return undefined;
  }
}

/** The second run says nothing new but the trace, and nobody sits in front of it. */
function quietHost(host: Host): Host {
  const debug = (text: string): void => host.log.debug(`traced: ${text}`);
  const log: Host['log'] = {
    ...{ info: debug, debug, warning: debug, detail: () => undefined },
    group: (_title, body) => body(),
    fold: (_title, body) => body(),
  };
  return { ...host, onFailure: 'end', annotate: () => undefined, summary: { add: () => undefined }, log };
}

const longestCommand = 200;

/** The problem with the command that was the last, and the ones before it. */
export function explain(problem: Problem, subject: ScriptSubject, trace: ScriptTrace | undefined): Problem {
  const { evidence = '', message } = problem;
  const last = trace?.commands.at(-1);
  if (trace === undefined || last === undefined) {
    const line = namedLine(evidence, subject.name);
    return line === undefined ? problem : { ...problem, subject: { ...subject, line } };
  }
  const command = last.slice(last.indexOf(' ') + 1).slice(0, longestCommand);
  return {
    ...problem,
    message: `${message}, at: ${command}`,
    evidence: [`The last commands of the ${subject.name} script, with their lines:`, ...trace.commands, '', evidence].join('\n').trimEnd(),
    subject: { ...subject, line: trace.line, script: trace.script },
  };
}
