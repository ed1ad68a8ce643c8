import type { Place } from '@release-kit/action';
import { readYaml, type YamlTree } from '@release-kit/config';

type Entries = Readonly<Record<string, unknown>>;

/** Scope -> what is granted: `contents` -> `write`. `all`: the words read-all and write-all. */
export type Permissions = Readonly<Record<string, string>> | 'read-all' | 'write-all';

export interface WorkflowStep {
  readonly uses: string;
  readonly with: Entries;
  readonly place: Place;
}

export interface WorkflowJob {
  readonly id: string;
  /** The workflow that it calls; empty for a job with steps. */
  readonly uses: string;
  readonly with: Entries;
  readonly secrets: Entries | 'inherit';
  /** Its own, else those of the workflow; undefined: what the settings of the repository say. */
  readonly permissions: Permissions | undefined;
  readonly steps: readonly WorkflowStep[];
  /** Its `if`. */
  readonly condition: string;
  /** Of a part of it, or of the whole. */
  readonly placeOf: (...path: readonly string[]) => Place;
}

/** A workflow file, as far as its callers and the doctor care. */
export interface WorkflowDocument {
  readonly file: string;
  /** Event -> what stands behind it. */
  readonly events: Entries;
  readonly concurrency: Entries;
  readonly jobs: readonly WorkflowJob[];
  readonly placeOf: (...path: readonly string[]) => Place;
}

/** Reads a workflow; what has another form than GitHub's is left out, since GitHub tells it. Throws E_CONFIG for what is no YAML. */
export async function readWorkflow(text: string, file: string): Promise<WorkflowDocument> {
  const tree = await readYaml(text, file);
  const root = entries(tree.value);
  const placeOf = (...path: readonly string[]): Place => placeIn(tree, file, path);
  const permissions = permissionsIn(root);
  return {
    file,
    events: eventsOf(root['on']),
    concurrency: entries(root['concurrency']),
    jobs: Object.entries(entries(root['jobs'])).map(([id, job]) => jobOf(id, entries(job), permissions, placeOf)),
    placeOf,
  };
}

function jobOf(id: string, job: Entries, inherited: Permissions | undefined, placeIn: WorkflowDocument['placeOf']): WorkflowJob {
  const placeOf = (...path: readonly string[]): Place => placeIn('jobs', id, ...path);
  return {
    id,
    uses: text(job['uses']),
    with: entries(job['with']),
    secrets: job['secrets'] === 'inherit' ? 'inherit' : entries(job['secrets']),
    permissions: permissionsIn(job) ?? inherited,
    steps: (Array.isArray(job['steps']) ? job['steps'] : []).map((step: unknown, index) => ({
      uses: text(entries(step)['uses']),
      with: entries(entries(step)['with']),
      place: placeOf('steps', String(index), 'uses'),
    })),
    condition: text(job['if']),
    placeOf,
  };
}

function permissionsIn(part: Entries): Permissions | undefined {
  const { permissions } = part;
  if (permissions === 'read-all' || permissions === 'write-all') return permissions;
  if (typeof permissions !== 'object' || permissions === null) return undefined;
  return Object.fromEntries(Object.entries(entries(permissions)).map(([scope, level]) => [scope, text(level)]));
}

/** `push`, `[push, pull_request]`, or a map. */
function eventsOf(on: unknown): Entries {
  if (typeof on === 'string') return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((event: unknown) => [text(event), null]));
  return entries(on);
}

/** The nearest part that has a place: of a key, where there is one. */
function placeIn({ keys, values }: YamlTree, file: string, path: readonly string[]): Place {
  for (let length = path.length; length > 0; length--) {
    const pointer = path
      .slice(0, length)
      .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join('');
    const spot = keys.get(pointer) ?? values.get(pointer);
    if (spot !== undefined) return { file, line: spot.line };
  }
  return { file, line: 1 };
}

/** Its own keys, of something that should be a map; none of anything else. */
export function entries(value: unknown): Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
