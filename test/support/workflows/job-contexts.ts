import type { LoggedAnnotation } from '../runner/index.ts';
import type { Json, JsonObject } from './json.ts';
import type { Level, RunState } from './run-state.ts';

/** What expressions about a job see before it has a runner. */
export function jobContexts(
  state: RunState,
  level: Level,
  leg: { readonly needs: Json; readonly matrix?: JsonObject | undefined; readonly strategy?: JsonObject },
): JsonObject {
  return {
    github: state.github,
    inputs: level.inputs,
    vars: { ...state.request.vars },
    needs: leg.needs,
    matrix: leg.matrix ?? null,
    strategy: leg.strategy ?? null,
  };
}

/** What GitHub itself says of a job. */
export const errorOf = (message: string): LoggedAnnotation => ({ level: 'error', message, properties: {} });
