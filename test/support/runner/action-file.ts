import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ActionFile {
  readonly folder: string;
  readonly name: string;
  /** Name as written -> default, '' when there is none. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: readonly string[];
  readonly scripts: { readonly pre: string | undefined; readonly main: string; readonly post: string | undefined };
}

/** Reads action.yml of a JavaScript action as the runner does; only what runs on Node 24 is accepted. */
export async function readActionFile(folder: string): Promise<ActionFile> {
  const file = join(folder, 'action.yml');
  const action = record(parse(await readFile(file, 'utf8')), file);
  const runs = record(action['runs'], `${file}: runs`);
  if (runs['using'] !== 'node24') throw new Error(`${file}: runs.using is ${JSON.stringify(runs['using'])}, not node24`);
  const inputs = Object.entries(record(action['inputs'] ?? {}, `${file}: inputs`)).map(([name, input]) => {
    const value = record(input ?? {}, `${file}: inputs.${name}`)['default'];
    return [name, defaultText(value, `${file}: inputs.${name}.default`)] as const;
  });
  return {
    folder,
    name: text(action['name'], `${file}: name`),
    inputs: new Map(inputs),
    outputs: Object.keys(record(action['outputs'] ?? {}, `${file}: outputs`)),
    scripts: {
      pre: optionalText(runs['pre'], `${file}: pre`),
      main: text(runs['main'], `${file}: main`),
      post: optionalText(runs['post'], `${file}: post`),
    },
  };
}

/** Plain scalars become text as the runner's YAML reader makes it; of expressions only the job's token is known, which is empty here. */
function defaultText(value: unknown, place: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'boolean' && typeof value !== 'number') throw new Error(`${place} is not a scalar`);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in action.yml.
  if (value === '${{ github.token }}') return '';
  if (String(value).includes('${{')) throw new Error(`${place} is an expression, which this runner does not evaluate`);
  return String(value);
}

function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${place} is not a mapping`);
  return Object.fromEntries(Object.entries(value));
}

function text(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${place} is not text`);
  return value;
}

const optionalText = (value: unknown, place: string): string | undefined => (value === undefined ? undefined : text(value, place));
