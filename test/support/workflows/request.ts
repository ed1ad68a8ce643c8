import type { ConcurrencyGroups } from './concurrency.ts';
import type { WorkflowEvent } from './event.ts';
import type { JsonObject } from './json.ts';
import type { Permissions } from './permissions.ts';
import type { Repositories } from './repositories.ts';

/** An environment of the repository, as its settings define it. */
export interface EnvironmentSettings {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  /** Why a job must not enter it; undefined when it may. Waiting for a reviewer is a promise. */
  readonly protection?: (job: { readonly name: string; readonly ref: string }) => Promise<string | undefined> | string | undefined;
}

/** What the runner of workflows needs of the servers that actions talk to. */
export interface Services {
  readonly results?: { envOfRun(run: number): Readonly<Record<string, string>> };
  /** Tokens of jobs are entered with what they may do, and end with their job. */
  readonly github?: {
    readonly url: string;
    readonly tokens: Map<string, { readonly permissions: Readonly<Record<string, 'read' | 'write'>> } | 'expired'>;
  };
  readonly oidc?: { envOfJob(claims: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> };
}

export interface WorkflowRequest {
  /** The repository whose workflow it is, `owner/name`. */
  readonly repository: string;
  /** All repositories that may be named, that one too. */
  readonly repositories: Repositories;
  /** `.github/workflows/release.yml` */
  readonly workflow: string;
  readonly event: WorkflowEvent;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly environments?: Readonly<Record<string, EnvironmentSettings>>;
  readonly services?: Services;
  /** What tokens may do where the workflow does not say; GitHub's restricted default when left out. */
  readonly defaultPermissions?: Permissions;
  /** Jobs at a time; 2. */
  readonly parallel?: number;
  /** Set on every machine: where caches are, addresses of stand-ins. */
  readonly env?: Readonly<Record<string, string>>;
  /** Labels of runners besides GitHub's own for x64 Linux. */
  readonly labels?: readonly string[];
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  readonly runId?: number;
  /**
   * Whether `success()` and `failure()` of a job look into calls: at the jobs of a called workflow that it follows, and in a called
   * one at what the caller follows. GitHub's documentation does not say; a workflow should do the same under both readings.
   */
  readonly throughCalls?: boolean;
  /** Runs that share it wait for each other as their `concurrency:` says. */
  readonly groups?: ConcurrencyGroups;
  /** What else `github` holds or holds otherwise. */
  readonly github?: JsonObject;
}
