import { readFile } from 'node:fs/promises';
import type { Host } from '@release-kit/action';

/** What the changed files are found by, or why everything is built. */
export type Comparison =
  | { readonly kind: 'all'; readonly reason: string }
  /** With a commit, branch or tag that the user named: that it cannot be found is a mistake. */
  | { readonly kind: 'named'; readonly base: string }
  /** With the base of a pull request: what cannot be compared is built. `merge` when HEAD may be GitHub's trial merge. */
  | { readonly kind: 'pull-request'; readonly base: string; readonly branch: string; readonly merge: boolean };

/** What GitHub's event says, as far as a plan needs it. */
export interface Event {
  readonly base: { readonly sha: string; readonly branch: string } | undefined;
  /** undefined when it says nothing. */
  readonly privateRepository: boolean | undefined;
}

const nothing: Event = { base: undefined, privateRepository: undefined };

/** The event that started the run; outside GitHub it says nothing. A file that cannot be read says nothing either. */
export async function readEvent(host: Host): Promise<Event> {
  const file = host.env('GITHUB_EVENT_PATH');
  if (file === undefined) return nothing;
  try {
    return eventOf(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    host.log.debug(`the event cannot be read: ${String(error)}`);
    return nothing;
  }
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request */
export function eventOf(payload: unknown): Event {
  const base = field(field(payload, 'pull_request'), 'base');
  const sha = field(base, 'sha');
  const branch = field(base, 'ref');
  const hidden = field(field(payload, 'repository'), 'private');
  return {
    base:
      typeof sha === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)
        ? { sha, branch: typeof branch === 'string' ? branch : 'the base' }
        : undefined,
    privateRepository: typeof hidden === 'boolean' ? hidden : undefined,
  };
}

export interface Asked {
  /** The input `base`. */
  readonly base: string | undefined;
  /** The input `only-changed`. */
  readonly onlyChanged: boolean;
}

/** What the run compares. Pull requests are compared with their base; a push, a tag or a person's run builds everything. */
export function comparisonOf(
  asked: Asked,
  event: Event,
  github: { readonly eventName: string | undefined; readonly ref: string | undefined },
): Comparison {
  if (!asked.onlyChanged) return { kind: 'all', reason: 'only-changed is false' };
  if (asked.base !== undefined) return { kind: 'named', base: asked.base };
  const { eventName } = github;
  if (eventName === undefined) return { kind: 'all', reason: 'this is no pull request' };
  // In pull_request_target the checkout is the base itself, so comparing says that nothing changed.
  if (eventName !== 'pull_request') return { kind: 'all', reason: `this is no pull request but ${eventName}` };
  if (event.base === undefined) return { kind: 'all', reason: 'the event does not name the base of the pull request' };
  return {
    kind: 'pull-request',
    base: event.base.sha,
    branch: event.base.branch,
    merge: /^refs\/pull\/\d+\/merge$/.test(github.ref ?? ''),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
