import { rawChangelog } from './changelog-text.ts';
import type { Config } from './config.ts';
import { rawSmoke } from './smoke-text.ts';

/** The effective configuration as a release-kit.yml that says everything; reading it again gives the same configuration. */
export async function effectiveText(config: Config): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(withoutUndefined(rawOf(config)), { lineWidth: 0, singleQuote: false });
}

function rawOf({ packages, matrix, lint, smoke, changelog, place: _place, ...rest }: Config): Readonly<Record<string, unknown>> {
  const { failFast, maxParallel, ...choices } = matrix;
  return {
    packages,
    ...rest,
    matrix: { ...choices, 'fail-fast': failFast, 'max-parallel': maxParallel },
    lint: { 'fail-on': lint.failOn, 'fail-on-new': lint.failOnNew, lintian: lint.lintian, baseline: lint.baseline, also: lint.also },
    smoke: rawSmoke(smoke),
    changelog: rawChangelog(changelog),
  };
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [key, withoutUndefined(field)]),
  );
}
