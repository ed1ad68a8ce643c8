import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execOf, githubContextOf, systemClock, variableOf } from './base-host.ts';
import type { Annotation, Clock, Host } from './host.ts';
import { inertText } from './inert.ts';
import { Secrets } from './secrets.ts';
import { SummaryText } from './summary.ts';
import { temporaryFolder } from './temporary.ts';

export interface Recording {
  /** Every line printed, inert, groups as `▸ title`. */
  readonly lines: string[];
  readonly debug: string[];
  readonly annotations: Annotation[];
  readonly masked: string[];
  /** What a runner would be told of it. */
  readonly maskedForms: string[];
  readonly updates: string[];
  /** Variables for later steps. */
  readonly exported: Map<string, string>;
  /** For the post step; a test that is one puts them in. */
  readonly state: Map<string, string>;
}

export interface RecordingHost extends Host, AsyncDisposable {
  readonly recorded: Recording;
  readonly summary: SummaryText;
}

export interface RecordingOptions {
  /** Absolute; created when missing. Default: a temporary folder, removed on disposal. */
  readonly workspace?: string;
  /** Absolute. Default: inside the temporary folder. Integration tests share a real one. */
  readonly cache?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Default: the true one. */
  readonly clock?: Clock;
}

/** The host for tests: real commands, real files, and a record of everything said. */
export async function recordingHost(options: RecordingOptions = {}): Promise<RecordingHost> {
  const folder = await temporaryFolder('/tmp', 'test');
  const workspace = options.workspace ?? join(folder.path, 'workspace');
  const temporary = join(folder.path, 'temporary');
  await mkdir(workspace, { recursive: true });
  await mkdir(temporary);
  const env = options.env ?? {};
  const signal = options.signal ?? new AbortController().signal;
  const secrets = new Secrets();
  const recorded: Recording = {
    lines: [],
    debug: [],
    annotations: [],
    masked: [],
    maskedForms: [],
    updates: [],
    exported: new Map(),
    state: new Map(),
  };
  const print = (text: string): void => {
    recorded.lines.push(...inertText(secrets.redact(text)).split('\n'));
  };
  const debug = (text: string): void => {
    recorded.debug.push(secrets.redact(text));
  };
  return {
    recorded,
    signal,
    exec: execOf({ workspace, signal, env: process.env, secrets, print, debug }),
    log: {
      info: print,
      debug,
      warning: (text) => print(`warning: ${text}`),
      detail: print,
      group(title, body) {
        print(`▸ ${title}`);
        return body();
      },
      fold(title, body) {
        print(`▸ ${title}`);
        return body();
      },
    },
    annotate: (annotation) => {
      recorded.annotations.push(annotation);
    },
    summary: new SummaryText((text) => secrets.redact(text)),
    files: { workspace, cache: options.cache ?? join(folder.path, 'cache'), temporary: (name) => temporaryFolder(temporary, name) },
    env: variableOf(env),
    clock: options.clock ?? systemClock(signal),
    github: githubContextOf(env),
    progress: {
      update: (text) => {
        recorded.updates.push(text);
      },
    },
    remoteCache: undefined,
    artifacts: undefined,
    onFailure: 'end',
    exportVariable: async (name, value) => {
      recorded.exported.set(name, value);
    },
    state: {
      get: (name) => recorded.state.get(name),
      set: async (name, value) => {
        recorded.state.set(name, value);
      },
    },
    mask: (secret) => {
      recorded.masked.push(secret);
      recorded.maskedForms.push(...secrets.add(secret));
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
