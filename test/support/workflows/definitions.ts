import { isObject, type Json, type JsonObject, objectOf, textOf, textsOf } from './json.ts';

/** A step as it is written; expressions are not evaluated yet. */
export interface StepDefinition {
  readonly id: string | undefined;
  readonly name: Json | undefined;
  readonly if: Json | undefined;
  readonly uses: string | undefined;
  readonly run: string | undefined;
  readonly with: JsonObject;
  readonly env: JsonObject;
  readonly shell: Json | undefined;
  readonly workingDirectory: Json | undefined;
  readonly timeoutMinutes: Json | undefined;
  readonly continueOnError: Json | undefined;
}

export interface JobDefinition {
  readonly id: string;
  readonly name: Json | undefined;
  readonly needs: readonly string[];
  readonly if: Json | undefined;
  readonly permissions: Json | undefined;
  readonly strategy: JsonObject | string;
  readonly env: JsonObject;
  readonly defaults: JsonObject;
  readonly outputs: JsonObject;
  readonly concurrency: Json | undefined;
  readonly environment: Json | undefined;
  readonly timeoutMinutes: Json | undefined;
  readonly continueOnError: Json | undefined;
  readonly work:
    | { readonly kind: 'steps'; readonly runsOn: Json; readonly steps: readonly StepDefinition[] }
    | { readonly kind: 'call'; readonly uses: string; readonly with: JsonObject; readonly secrets: JsonObject | 'inherit' };
}

/** Reads one job; keys that this runner does not know are refused, so that nothing is left out in silence. */
export function readJob(id: string, value: Json): JobDefinition {
  const place = `jobs.${id}`;
  const job = objectOf(value, place);
  const common = ['name', 'needs', 'if', 'permissions', 'strategy', 'concurrency'];
  const called = typeof job['uses'] === 'string';
  refuseOthers(
    job,
    called
      ? [...common, 'uses', 'with', 'secrets']
      : [...common, 'runs-on', 'steps', 'env', 'defaults', 'outputs', 'environment', 'timeout-minutes', 'continue-on-error'],
    place,
  );
  const strategy = job['strategy'];
  return {
    id,
    name: job['name'],
    needs: textsOf(job['needs'], `${place}.needs`),
    if: job['if'],
    permissions: job['permissions'],
    strategy: typeof strategy === 'string' ? strategy : objectOf(strategy, `${place}.strategy`),
    env: objectOf(job['env'], `${place}.env`),
    defaults: objectOf(objectOf(job['defaults'], `${place}.defaults`)['run'], `${place}.defaults.run`),
    outputs: objectOf(job['outputs'], `${place}.outputs`),
    concurrency: job['concurrency'],
    environment: job['environment'],
    timeoutMinutes: job['timeout-minutes'],
    continueOnError: job['continue-on-error'],
    work: called
      ? {
          kind: 'call',
          uses: textOf(job['uses'], `${place}.uses`),
          with: objectOf(job['with'], `${place}.with`),
          secrets: job['secrets'] === 'inherit' ? 'inherit' : objectOf(job['secrets'], `${place}.secrets`),
        }
      : { kind: 'steps', runsOn: job['runs-on'] ?? null, steps: readSteps(job['steps'], place) },
  };
}

/** Reads the steps of a job or of a composite action. */
export function readSteps(value: Json | undefined, place: string): readonly StepDefinition[] {
  if (!Array.isArray(value)) throw new Error(`${place}.steps is not a list`);
  return value.map((entry, index) => readStep(entry, `${place}.steps[${index}]`));
}

function readStep(value: Json, place: string): StepDefinition {
  if (!isObject(value)) throw new Error(`${place} is not a mapping`);
  const known = ['id', 'name', 'if', 'uses', 'run', 'with', 'env', 'shell', 'working-directory', 'timeout-minutes', 'continue-on-error'];
  refuseOthers(value, known, place);
  const { id, uses, run } = value;
  if ((uses === undefined) === (run === undefined)) throw new Error(`${place} has to have either uses or run`);
  return {
    id: id === undefined ? undefined : textOf(id, `${place}.id`),
    name: value['name'],
    if: value['if'],
    uses: uses === undefined ? undefined : textOf(uses, `${place}.uses`),
    run: run === undefined ? undefined : textOf(run, `${place}.run`),
    with: objectOf(value['with'], `${place}.with`),
    env: objectOf(value['env'], `${place}.env`),
    shell: value['shell'],
    workingDirectory: value['working-directory'],
    timeoutMinutes: value['timeout-minutes'],
    continueOnError: value['continue-on-error'],
  };
}

function refuseOthers(value: JsonObject, known: readonly string[], place: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${place}: the runner of workflows does not know ${unknown.join(', ')}`);
}
