import { tmpdir } from 'node:os';
import { AnnotationBudget, fitAnnotation } from './annotation.ts';
import { cacheFolderOf, execOf, githubContextOf, systemClock, variableOf } from './base-host.ts';
import { mayUseCache, readOnlyForForks } from './cache-rules.ts';
import { writeFileCommand } from './file-command.ts';
import type { Annotation, Artifacts, Host, Log, RemoteCache } from './host.ts';
import { inertLine, inertText } from './inert.ts';
import { Secrets } from './secrets.ts';
import { SummaryText } from './summary.ts';
import { temporaryFolder } from './temporary.ts';
import { workflowCommand } from './workflow-command.ts';

export interface RunnerHost extends Host {
  readonly summary: SummaryText;
  readonly budget: AnnotationBudget;
  /** The reason why the step failed: always shown, room for it is kept back. */
  annotateFailure(annotation: Annotation): void;
  /** Whether the runner would drop an output with this value, because text that it masks is in it. */
  hides(value: string): boolean;
}

/** The clients of GitHub's services that an action uses; a bundle carries only those that its main.ts names. */
export interface RunnerServices {
  readonly remoteCache?: (warn: (text: string) => void) => RemoteCache;
  readonly artifacts?: (host: Pick<Host, 'env'>) => Artifacts;
}

export interface RunnerHostParts {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Writes one line to the log. */
  readonly write: (line: string) => void;
  readonly services?: RunnerServices;
}

/** The host of an action on a GitHub runner: workflow commands on standard output, folders and context by environment. */
export function runnerHost({ env, signal, write, services = {} }: RunnerHostParts): RunnerHost {
  const variable = variableOf(env);
  const workspace = variable('GITHUB_WORKSPACE') ?? process.cwd();
  const secrets = new Secrets();
  const budget = new AnnotationBudget();
  const redact = (text: string): string => secrets.redact(text);
  const lines = (text: string): string[] => inertText(redact(text)).split('\n');
  const print = (text: string): void => {
    for (const line of lines(text)) write(line);
  };
  const debug = (text: string): void => {
    if (env['RUNNER_DEBUG'] === '1') for (const line of lines(text)) write(workflowCommand('debug', {}, line));
  };
  const fit = (annotation: Annotation): Annotation => {
    const title = annotation.title === undefined ? {} : { title: redact(annotation.title) };
    return fitAnnotation({ ...annotation, ...title, message: redact(annotation.message) }, workspace);
  };
  const show = ({ level, message, column, ...place }: Annotation): void =>
    write(workflowCommand(level, { ...place, col: column }, message));
  const annotate = (annotation: Annotation): void => {
    const fitted = fit(annotation);
    if (budget.take(fitted.level)) show(fitted);
    else print(plainWords(fitted));
  };
  const clock = systemClock(signal);
  const group = groupOf({
    open: (title) => write(workflowCommand('group', {}, inertLine(redact(title)))),
    close: () => write('::endgroup::'),
    print,
    now: clock.now,
  });
  const log: Log = {
    info: print,
    debug,
    warning: (text) => annotate({ level: 'warning', message: text }),
    detail: print,
    group,
    fold: group,
  };
  const hasResults = variable('ACTIONS_RESULTS_URL') !== undefined;
  const cache = hasResults && mayUseCache({ env: variable }) ? services.remoteCache?.(log.warning) : undefined;
  return {
    log,
    annotate,
    annotateFailure: (annotation) => show(fit(annotation)),
    hides: (value) => secrets.isIn(value),
    budget,
    clock,
    signal,
    summary: new SummaryText(redact),
    exec: execOf({ workspace, signal, env, secrets, print, debug }),
    files: { workspace, cache: cacheFolderOf(env), temporary: (name) => temporaryFolder(variable('RUNNER_TEMP') ?? tmpdir(), name) },
    env: variable,
    github: githubContextOf(env),
    progress: { update: () => {} },
    remoteCache: cache && readOnlyForForks(cache, { env: variable, log }),
    onFailure: 'end',
    artifacts: hasResults ? services.artifacts?.({ env: variable }) : undefined,
    exportVariable: (name, value) => writeFileCommand(variable('GITHUB_ENV'), name, value),
    state: {
      get: (name) => variable(`STATE_${name}`),
      set: (name, value) => writeFileCommand(variable('GITHUB_STATE'), name, value),
    },
    mask: (secret) => {
      for (const form of secrets.add(secret)) write(workflowCommand('add-mask', {}, form));
    },
  };
}

interface GroupParts {
  readonly open: (title: string) => void;
  readonly close: () => void;
  readonly print: (text: string) => void;
  readonly now: () => number;
}

/** GitHub knows no groups inside groups, and one that runs beside another would close it: those become lines. */
function groupOf({ open, close, print, now }: GroupParts): Log['group'] {
  let running = 0;
  let isOpen = false;
  return async (title, body) => {
    const start = now();
    const isInner = isOpen;
    isOpen = true;
    running += 1;
    if (isInner) print(`▸ ${inertLine(title)}`);
    else open(title);
    let outcome = 'failed after';
    try {
      const result = await body();
      outcome = 'took';
      return result;
    } finally {
      running -= 1;
      print(`${isInner ? `${inertLine(title)} ` : ''}${outcome} ${((now() - start) / 1000).toFixed(1)} s`);
      if (running === 0) {
        isOpen = false;
        close();
      }
    }
  };
}

function plainWords({ level, file, line, title, message }: Annotation): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  return `${level}: ${place}${title === undefined ? '' : `${title}: `}${message}`;
}
