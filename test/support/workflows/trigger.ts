import type { WorkflowEvent } from './event.ts';
import { isObject, type Json, objectOf, textsOf } from './json.ts';
import { SetUpProblem } from './repositories.ts';
import type { WorkflowFile } from './workflow-file.ts';

/** What happens to a pull request that starts a workflow where it does not say. */
const usualTypes = ['opened', 'synchronize', 'reopened'];
const known = ['branches', 'branches-ignore', 'tags', 'tags-ignore', 'types', 'inputs', 'secrets', 'outputs'];

/** Whether an event starts a workflow: by its name, and by the branches, tags and types that it is limited to. */
export function isStartedBy({ on, path }: WorkflowFile, event: WorkflowEvent): boolean {
  if (!Object.hasOwn(on, event.name)) return false;
  const settings = objectOf(on[event.name], `${path}: on.${event.name}`);
  const unknown = Object.keys(settings).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new SetUpProblem(`${path}: the runner of workflows does not look at ${unknown.join(', ')} of on.${event.name}`);
  if (event.name.startsWith('pull_request')) {
    const types = settings['types'] === undefined ? usualTypes : textsOf(settings['types'], 'types');
    const action = isObject(event.payload) ? event.payload['action'] : undefined;
    return types.includes(String(action)) && isAllowed(settings['branches'], settings['branches-ignore'], event.baseRef ?? '');
  }
  if (event.name !== 'push') return true;
  const [branches, tags] = [
    ['branches', 'branches-ignore'],
    ['tags', 'tags-ignore'],
  ].map((keys) => keys.map((key) => settings[key]));
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.*)$/.exec(event.ref) ?? [];
  const [own = [], other = []] = kind === 'tags' ? [tags, branches] : [branches, tags];
  // Who names only tags does not want branches, and the other way round.
  if (own.every((value) => value === undefined)) return other.every((value) => value === undefined);
  return isAllowed(own[0], own[1], name);
}

function isAllowed(wanted: Json | undefined, ignored: Json | undefined, name: string): boolean {
  if (wanted !== undefined) return matchesLast(textsOf(wanted, 'patterns'), name);
  return ignored === undefined || !matchesLast(textsOf(ignored, 'patterns'), name);
}

/** The last pattern that fits decides; `!` takes out what an earlier one took in. */
function matchesLast(patterns: readonly string[], name: string): boolean {
  const last = patterns.findLast((pattern) => expressionOf(pattern.replace(/^!/, '')).test(name));
  return last !== undefined && !last.startsWith('!');
}

/** GitHub's patterns: `*` stays within a `/`, `**` does not, `?` and `+` count what is before them, `[]` is one of a range. */
function expressionOf(pattern: string): RegExp {
  const text = pattern.replaceAll(/\*\*|\*|\\.|[.^$(){}|/]/g, (part) => {
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part.startsWith('\\') ? part : `\\${part}`;
  });
  return new RegExp(`^${text}$`, 'u');
}
