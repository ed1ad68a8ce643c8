import { tmpdir } from 'node:os';
import { fitAnnotation } from './annotation.ts';
import { cacheFolderOf, execOf, githubContextOf, systemClock, variableOf } from './base-host.ts';
import type { Annotation, Host, Log } from './host.ts';
import { inertLine, inertText } from './inert.ts';
import { keptLog } from './kept-log.ts';
import { LiveLine, secondsWords, type TerminalStream } from './live-line.ts';
import { Secrets } from './secrets.ts';
import { SummaryText } from './summary.ts';
import { temporaryFolder } from './temporary.ts';

export type { TerminalStream } from './live-line.ts';

export interface TerminalOptions {
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where lines go; a terminal also gets a live last line. */
  readonly stream: TerminalStream;
  /** Prints what a command prints and the steps inside a group. */
  readonly verbose: boolean;
  /** Default `end`. */
  readonly onFailure?: Host['onFailure'];
  /** Everything that is not shown is kept here; absolute, its folder is made. Where the disk refuses, that is told and the run goes on. */
  readonly logFile?: string;
}

export interface TerminalHost extends Host {
  readonly summary: SummaryText;
  readonly annotations: readonly Annotation[];
  /** For what is written past the host: secrets replaced by ***. */
  redact(text: string): string;
  /** Takes the live line away; call it before writing to the stream yourself. */
  finish(): void;
}

/** The host of the command line: one line per step with its time, a live line in a terminal, plain lines elsewhere. */
export function terminalHost(options: TerminalOptions): TerminalHost {
  const { workspace, env, signal, stream } = options;
  const variable = variableOf(env);
  const secrets = new Secrets();
  const clock = systemClock(signal);
  const annotations: Annotation[] = [];
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  // https://no-color.org: present and not empty.
  const colour =
    isTerminal && variable('NO_COLOR') === undefined
      ? (code: string, text: string) => `\u001b[${code}m${text}\u001b[0m`
      : (_: string, text: string) => text;
  const live = new LiveLine(stream, isTerminal && variable('CI') === undefined, clock.now);
  const keep = keptLog(options.logFile, (text) => live.print(`${colour('33', 'warning')} ${text}`));
  const redact = (text: string): string => secrets.redact(text);
  const safe = (text: string): string => inertText(redact(text));
  let depth = 0;
  const exec = execOf({ workspace, signal, env, secrets, print: (text) => detail(text), debug: keep });
  /** `label` is ours and may be coloured; `text` and `place`, which stands before it, are not. */
  const print = (text: string, label = '', colourCode = '', place = ''): void => {
    const indent = '  '.repeat(depth);
    for (const [index, line] of safe(text).split('\n').entries()) {
      const isLabelled = label !== '' && index === 0;
      const before = isLabelled ? `${indent}${inertLine(redact(place))}` : indent;
      live.print(`${before}${isLabelled ? `${colour(colourCode, label)} ` : ''}${line}`);
      keep(`${before}${isLabelled ? `${label} ` : ''}${line}`);
    }
  };
  const detail = (text: string): void => {
    const line = safe(text);
    if (options.verbose) live.print(`${'  '.repeat(depth)}${line}`);
    keep(line);
  };
  const group: Log['group'] = async (title, body) => {
    const start = clock.now();
    const name = inertLine(redact(title));
    keep(`--- ${name}`);
    live.start(name);
    depth += 1;
    let failed = true;
    try {
      const result = await body();
      failed = false;
      return result;
    } finally {
      depth -= 1;
      live.stop(name);
      const took = `${name} (${secondsWords(clock.now() - start)})`;
      if (failed) print(took, 'failed', '31');
      else print(took, 'ok', '32');
    }
  };
  const fold: Log['fold'] = async (title, body) => {
    const name = inertLine(redact(title));
    keep(`--- ${name}`);
    live.start(name);
    try {
      return await body();
    } finally {
      live.stop(name);
    }
  };
  return {
    annotations,
    clock,
    signal,
    summary: new SummaryText(redact),
    exec: (argv, how = {}) => {
      // Nothing of ours may be drawn while somebody types; the next line of ours brings the live line back.
      if (how.terminal === true) live.clear();
      return exec(argv, how);
    },
    log: {
      info: (text) => print(text),
      debug: (text) => keep(safe(text)),
      warning: (text) => print(text, 'warning', '33'),
      detail,
      group,
      fold,
    },
    annotate: (annotation) => {
      const fitted = fitAnnotation(
        {
          ...annotation,
          message: redact(annotation.message),
          ...(annotation.title === undefined ? {} : { title: redact(annotation.title) }),
        },
        workspace,
      );
      annotations.push(fitted);
      const place = fitted.file === undefined ? '' : `${fitted.file}${fitted.line === undefined ? '' : `:${fitted.line}`}: `;
      const [first = '', ...rest] = fitted.message.split('\n');
      const title = fitted.title === undefined ? '' : `${fitted.title}: `;
      // The form of compilers, whose places editors and terminals open.
      print(`${title}${first}`, `${fitted.level}:`, levelColours[fitted.level], place);
      for (const line of rest) detail(line);
    },
    files: { workspace, cache: cacheFolderOf(env), temporary: (name) => temporaryFolder(tmpdir(), name) },
    env: variable,
    github: githubContextOf(env),
    progress: { update: (text) => live.update(inertLine(redact(text))) },
    remoteCache: undefined,
    artifacts: undefined,
    onFailure: options.onFailure ?? 'end',
    exportVariable: async (name, value) => keep(safe(`for later steps: ${name}=${value}`)),
    state: { get: () => undefined, set: async () => {} },
    mask: (secret) => {
      secrets.add(secret);
    },
    redact,
    finish: () => live.clear(),
  };
}

const levelColours = { error: '31', warning: '33', notice: '36' } as const;
