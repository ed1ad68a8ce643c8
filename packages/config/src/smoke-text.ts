import type { HealthCheck, HealthQuestion } from './health-check.ts';
import { previousText } from './previous-release.ts';
import type { SmokeConfig } from './smoke-config.ts';

/** The section `smoke` as the file has it; what is undefined is left out by the caller. */
export function rawSmoke(smoke: SmokeConfig): Readonly<Record<string, unknown>> {
  const { services, checks, targets, previous, figures, ...same } = smoke;
  const { exceeded, ...limits } = figures;
  return {
    ...same,
    // An empty list says nothing, and is no list of systems.
    targets: targets.length === 0 ? undefined : targets,
    services: services.map(({ unit, state, healthy }) => ({ unit, state, healthy: oneOrMore(healthy.map(rawCheck)) })),
    checks: checks.map(rawCheck),
    previous: previousText(previous),
    figures: {
      ...Object.fromEntries(
        Object.entries(limits).map(([name, share]) => [name, share === undefined ? undefined : `${Math.round(share * 100)}%`]),
      ),
      exceeded,
    },
  };
}

function oneOrMore<T>(values: readonly T[]): T | readonly T[] | undefined {
  return values.length > 1 ? values : values[0];
}

function rawCheck(check: HealthCheck): Readonly<Record<string, unknown>> {
  return { ...rawQuestion(check), within: durationText(check.within), every: durationText(check.every) };
}

function rawQuestion(check: HealthQuestion): Readonly<Record<string, unknown>> {
  switch (check.kind) {
    case 'http': {
      const { url, status, body, headers, tls } = check;
      const secure = tls === 'any' || tls.ca !== undefined || tls.name !== undefined;
      const named = Object.keys(headers).length > 0;
      return { http: url, status, body, headers: named ? headers : undefined, tls: secure ? tls : undefined };
    }
    case 'tcp':
      return { tcp: check.address };
    case 'unix':
      return { unix: check.path };
    case 'command':
      return { command: check.command, exit: check.exit, output: check.output, user: check.user };
    case 'unit':
      return { unit: check.unit, state: check.state };
    case 'file':
      return { file: check.path };
    case 'log':
      return { log: check.line, unit: check.unit };
  }
}

/** Whole seconds as such: the file allows five digits. */
function durationText(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
