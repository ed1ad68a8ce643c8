import { appendFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitAnnotation } from './annotation.ts';
import { execOf, githubContextOf, systemClock, variableOf } from './base-host.ts';
import type { Annotation, Host } from './host.ts';
import { inertLine, inertText } from './inert.ts';
import { Secrets } from './secrets.ts';
import { SummaryText } from './summary.ts';
import { temporaryFolder } from './temporary.ts';

/** What is needed of process.stdout, so that tests can listen. */
export interface TerminalStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface TerminalOptions {
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where lines go; a terminal also gets a live last line. */
  readonly stream: TerminalStream;
  /** Prints what a command prints and the steps inside a group. */
  readonly verbose: boolean;
  /** Everything that is not shown is kept here; absolute. */
  readonly logFile?: string;
}

export interface TerminalHost extends Host {
  readonly summary: SummaryText;
  readonly annotations: readonly Annotation[];
  /** Clears the live line; no more output after this. */
  finish(): void;
}

/** The host of the command line: one line per step with its time, a live line in a terminal, plain lines elsewhere. */
export function terminalHost(options: TerminalOptions): TerminalHost {
  const { workspace, env, signal, stream } = options;
  const secrets = new Secrets();
  const clock = systemClock(signal);
  const annotations: Annotation[] = [];
  const live = new LiveLine(stream, env['TERM'] !== 'dumb' && env['CI'] === undefined);
  const keep = (text: string): void => {
    if (options.logFile !== undefined) appendFileSync(options.logFile, `${text}\n`);
  };
  const safe = (text: string): string => inertText(secrets.redact(text));
  const print = (text: string): void => {
    for (const line of safe(text).split('\n')) {
      live.print(line);
      keep(line);
    }
  };
  const detail = (text: string): void => {
    const line = safe(text);
    if (options.verbose) live.print(line);
    keep(line);
  };
  let depth = 0;
  return {
    annotations,
    clock,
    signal,
    summary: new SummaryText(),
    exec: execOf({ workspace, signal, env, secrets, print: detail, debug: keep }),
    log: {
      info: (text) => print(`${'  '.repeat(depth)}${text}`),
      debug: (text) => keep(safe(text)),
      warning: (text) => print(`${'  '.repeat(depth)}${live.colour('33', 'warning')} ${text}`),
      async group(title, body) {
        const start = clock.now();
        const name = safe(title);
        keep(`--- ${name}`);
        live.start(name, start);
        depth += 1;
        try {
          const result = await body();
          depth -= 1;
          live.stop(`${'  '.repeat(depth)}${live.colour('32', 'ok')} ${name} (${seconds(clock.now() - start)})`);
          return result;
        } catch (error) {
          depth -= 1;
          live.stop(`${'  '.repeat(depth)}${live.colour('31', 'failed')} ${name} (${seconds(clock.now() - start)})`);
          throw error;
        }
      },
    },
    annotate: (annotation) => {
      const fitted = fitAnnotation(annotation);
      annotations.push(fitted);
      const place = fitted.file === undefined ? '' : `${inertLine(fitted.file)}${fitted.line === undefined ? '' : `:${fitted.line}`}: `;
      const colour = { error: '31', warning: '33', notice: '36' }[fitted.level];
      print(
        `${'  '.repeat(depth)}${live.colour(colour, fitted.level)} ${place}${fitted.title === undefined ? '' : `${fitted.title}: `}${fitted.message.split('\n')[0] ?? ''}`,
      );
    },
    files: {
      workspace,
      cache: env['RELEASE_KIT_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'release-kit'),
      temporary: (name) => temporaryFolder(tmpdir(), name),
    },
    env: variableOf(env),
    github: githubContextOf(env),
    progress: { update: (text) => live.update(inertLine(secrets.redact(text))) },
    remoteCache: undefined,
    artifacts: undefined,
    mask: (secret) => {
      secrets.add(secret);
    },
    finish: () => live.clear(),
  };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The last line of a terminal, redrawn four times a second: step, time, what it is doing. */
class LiveLine {
  readonly #stream: TerminalStream;
  readonly #live: boolean;
  #steps: { name: string; start: number }[] = [];
  #doing = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: TerminalStream, allowed: boolean) {
    this.#stream = stream;
    this.#live = allowed && stream.isTTY === true;
  }

  colour(code: string, text: string): string {
    return this.#live ? `\u001b[${code}m${text}\u001b[0m` : text;
  }

  print(line: string): void {
    this.clear();
    this.#stream.write(`${line}\n`);
    this.#draw();
  }

  start(name: string, at: number): void {
    this.#steps.push({ name, start: at });
    this.#doing = '';
    if (this.#live && this.#timer === undefined)
      this.#timer = setInterval(() => {
        this.clear();
        this.#draw();
      }, 250).unref();
    this.#draw();
  }

  stop(line: string): void {
    this.#steps.pop();
    this.#doing = '';
    if (this.#steps.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.print(line);
  }

  update(text: string): void {
    this.#doing = text;
    this.clear();
    this.#draw();
  }

  clear(): void {
    if (this.#live) this.#stream.write('\r\u001b[2K');
  }

  #draw(): void {
    const step = this.#steps.at(-1);
    if (!this.#live || step === undefined) return;
    const text = `… ${step.name} (${seconds(Date.now() - step.start)})${this.#doing === '' ? '' : ` ${this.#doing}`}`;
    this.#stream.write(text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1)));
  }
}
