import { homedir } from 'node:os';
import { join } from 'node:path';
import { AnnotationBudget, fitAnnotation } from './annotation.ts';
import { execOf, githubContextOf, systemClock, variableOf } from './base-host.ts';
import type { Annotation, Host, Log } from './host.ts';
import { inertText } from './inert.ts';
import { runnerArtifacts } from './runner-artifacts.ts';
import { runnerCache } from './runner-cache.ts';
import { Secrets } from './secrets.ts';
import { SummaryText } from './summary.ts';
import { temporaryFolder } from './temporary.ts';
import { workflowCommand } from './workflow-command.ts';

export interface RunnerHost extends Host {
  readonly summary: SummaryText;
  readonly budget: AnnotationBudget;
}

/** The host of an action on a GitHub runner: workflow commands on standard output, folders and context by environment. */
export function runnerHost(env: NodeJS.ProcessEnv, signal: AbortSignal, write: (line: string) => void): RunnerHost {
  const workspace = env['GITHUB_WORKSPACE'] ?? process.cwd();
  const temporary = env['RUNNER_TEMP'] ?? '/tmp';
  const cache = env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
  const secrets = new Secrets();
  const budget = new AnnotationBudget();
  const print = (text: string): void => {
    for (const line of inertText(secrets.redact(text)).split('\n')) write(line);
  };
  const debug = (text: string): void => {
    if (env['RUNNER_DEBUG'] === '1') write(workflowCommand('debug', {}, inertText(secrets.redact(text))));
  };
  const annotate = (annotation: Annotation): void => {
    const { level, message, title, file, line, endLine, column } = fitAnnotation(annotation);
    if (!budget.take(level)) return print(`${level}: ${file ?? ''}${line === undefined ? '' : `:${line}`} ${message}`);
    // The runner shows no column when the lines differ.
    const col = endLine === undefined || endLine === line ? column : undefined;
    write(
      workflowCommand(
        level,
        { title: title === undefined ? undefined : secrets.redact(title), file, line, endLine, col },
        secrets.redact(message),
      ),
    );
  };
  const clock = systemClock(signal);
  const log: Log = {
    info: print,
    debug,
    warning: (text) => annotate({ level: 'warning', message: text }),
    async group(title, body) {
      write(workflowCommand('group', {}, inertText(secrets.redact(title))));
      const start = clock.now();
      try {
        return await body();
      } finally {
        print(`took ${((clock.now() - start) / 1000).toFixed(1)} s`);
        write('::endgroup::');
      }
    },
  };
  return {
    log,
    annotate,
    budget,
    clock,
    signal,
    summary: new SummaryText(),
    exec: execOf({ workspace, signal, env, secrets, print, debug }),
    files: { workspace, cache, temporary: (name) => temporaryFolder(temporary, name) },
    env: variableOf(env),
    github: githubContextOf(env),
    progress: { update: () => {} },
    remoteCache: env['ACTIONS_RESULTS_URL'] === undefined ? undefined : runnerCache(),
    artifacts: env['ACTIONS_RESULTS_URL'] === undefined ? undefined : runnerArtifacts(),
    mask: (secret) => {
      for (const form of secrets.add(secret)) write(workflowCommand('add-mask', {}, form));
    },
  };
}
