import type { Exec } from './command.ts';

export type AnnotationLevel = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly level: AnnotationLevel;
  readonly message: string;
  readonly title?: string;
  /** Relative to the workspace, with `/`; left out when the place is not in the user's checkout. */
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly column?: number;
}

export interface Log {
  /** One line per decision, with its source. Text is made inert before it is printed. */
  info(text: string): void;
  /** Shown only when debug logging is on: argv, sizes, timings. */
  debug(text: string): void;
  warning(text: string): void;
  /** What a tool printed: in the log of a runner, on a terminal with --verbose only. */
  detail(text: string): void;
  /** Runs `body` inside a named group that is closed whatever happens, and shows how long it took. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
  /** A group of what a tool prints: on a terminal it is only the running step, and no line stays of it. */
  fold<T>(title: string, body: () => Promise<T>): Promise<T>;
}

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

export interface Files {
  /** Absolute; inputs of type path must stay inside. */
  readonly workspace: string;
  /** Absolute; where base systems and other reusable things are kept between runs. */
  readonly cache: string;
  /** A new empty folder, mode 0700, removed with everything in it when disposed of. */
  temporary(name: string): Promise<TemporaryFolder>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface Progress {
  /** What is being done right now, one short line; a terminal replaces the last one, other hosts drop it. */
  update(text: string): void;
}

/** Appended to the page people see first: the job summary on a runner, `summary.md` on a terminal. GitHub Markdown. */
export interface Summary {
  add(markdown: string): void;
}

export interface RemoteCache {
  /** Restores `path` (absolute) saved under `key`; false when there is none. */
  restore(path: string, key: string): Promise<boolean>;
  save(path: string, key: string): Promise<void>;
}

export interface ArtifactOptions {
  /** undefined: the repository's setting. */
  readonly retentionDays?: number | undefined;
  /** Default true; false for what is compressed already. */
  readonly compressed?: boolean;
}

export interface UploadedArtifact {
  readonly id: string;
  /** SHA-256 in hex, as the service knows it; '' when it said none. */
  readonly digest: string;
}

export interface Artifacts {
  /** Uploads files (absolute, inside `root`) as one artifact. Modes are not kept. One of an earlier attempt of the run is replaced. */
  upload(name: string, files: readonly string[], root: string, options?: ArtifactOptions): Promise<UploadedArtifact>;
  /** Downloads what this run uploaded under exactly this name into a folder (absolute). */
  download(name: string, folder: string): Promise<void>;
}

/** What an action's main step hands to its post step. Outside GitHub there is no post step, so that nothing is kept. */
export interface StepState {
  /** undefined when nothing was kept under this name. */
  get(name: string): string | undefined;
  /** Kept at once, so that the post step of a main step that failed or was cut off knows it as well. */
  set(name: string, value: string): Promise<void>;
}

/** What GitHub says of this run; all undefined outside GitHub. */
export interface GitHubContext {
  /** `owner/name` */
  readonly repository: string | undefined;
  readonly ref: string | undefined;
  readonly sha: string | undefined;
  readonly eventName: string | undefined;
  readonly apiUrl: string;
  readonly serverUrl: string;
}

/** All that a run may touch. The runner's host writes workflow commands, the terminal's draws, the test's records. */
export interface Host {
  readonly exec: Exec;
  readonly log: Log;
  annotate(annotation: Annotation): void;
  readonly summary: Summary;
  readonly files: Files;
  /** Read only. Unset and empty are both undefined. */
  env(name: string): string | undefined;
  readonly clock: Clock;
  readonly github: GitHubContext;
  readonly progress: Progress;
  /** undefined where there is no remote cache (outside GitHub). */
  readonly remoteCache: RemoteCache | undefined;
  /** undefined outside GitHub. */
  readonly artifacts: Artifacts | undefined;
  /** Sets a variable for the later steps of the job; outside GitHub there are none, and it is only noted. */
  exportVariable(name: string, value: string): Promise<void>;
  readonly state: StepState;
  /** From now on this text is replaced by *** in everything the host prints, and masked by the runner. */
  mask(secret: string): void;
  /** `shell`: somebody sits at the terminal and asked for a shell in the machine in which something fails. */
  readonly onFailure: 'end' | 'shell';
  /** Aborted on SIGINT and SIGTERM; commands are killed, disposables run. */
  readonly signal: AbortSignal;
}
