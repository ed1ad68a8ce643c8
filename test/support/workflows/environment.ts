import type { JobDefinition } from './definitions.ts';
import { type Scope, textIn } from './expression.ts';
import { isObject, type Json } from './json.ts';
import type { RunState } from './run-state.ts';

export interface Entered {
  readonly environment: string | undefined;
  /** The expression of its address; it is evaluated when the steps have run. */
  readonly url: Json | undefined;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** Why the job may not enter. */
  readonly refusal: string | undefined;
}

/** Enters the environment that a job names; one without settings is open and empty, as when GitHub makes it at its first use. */
export async function enterEnvironment(
  { request, github, isFork }: RunState,
  definition: JobDefinition,
  scope: Scope,
  name: string,
): Promise<Entered> {
  const { environment } = definition;
  const given = isObject(environment) ? (environment['name'] ?? '') : (environment ?? '');
  const named = textIn(given, scope);
  if (named === '') return { environment: undefined, url: undefined, secrets: {}, vars: {}, refusal: undefined };
  const settings = request.environments?.[named] ?? {};
  const refusal = await settings.protection?.({ name, ref: String(github['ref']) });
  return {
    environment: named,
    url: isObject(environment) ? environment['url'] : undefined,
    secrets: isFork ? {} : (settings.secrets ?? {}),
    vars: settings.vars ?? {},
    refusal,
  };
}
