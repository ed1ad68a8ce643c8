import type { Config } from './config.ts';
import { changelogConfig } from './effective-changelog.ts';
import { distribution, distributionList, insidePath, matrixConfig, packageList, runnerLabels } from './effective-plan.ts';
import { smokeConfig } from './effective-smoke.ts';
import type { RawConfig } from './raw-config.ts';
import { defaultShared } from './schema.ts';

/** Fills in every default and checks what a schema cannot say. Throws E_CONFIG, E_PATH or E_ARCHITECTURE with the place. */
export function effectiveConfig(raw: RawConfig, place: Config['place']): Config {
  return {
    packages: raw.packages && packageList(raw.packages, place),
    shared: raw.shared ?? defaultShared,
    architectures: raw.architectures ?? ['amd64'],
    distributions: distributionList(raw.distributions ?? ['debian:12'], 'distributions', place),
    build: { strategy: raw.build?.strategy ?? 'auto', strategies: { ...raw.build?.strategies } },
    runners: Object.fromEntries(Object.entries(raw.runners ?? {}).map(([architecture, labels]) => [architecture, runnerLabels(labels)])),
    matrix: matrixConfig(raw.matrix ?? {}, place),
    lint: {
      failOn: raw.lint?.['fail-on'] ?? 'error',
      failOnNew: raw.lint?.['fail-on-new'] ?? 'never',
      lintian: lintianOf(raw.lint?.lintian ?? 'build', place),
      baseline: raw.lint?.baseline && insidePath(raw.lint.baseline, 'lint.baseline', place),
      also: raw.lint?.also ?? [],
    },
    smoke: smokeConfig(raw.smoke ?? {}, place),
    changelog: changelogConfig(raw.changelog ?? {}, place),
    release: { draft: raw.release?.draft ?? true, channels: { ...raw.release?.channels } },
    place,
  };
}

function lintianOf(text: string, place: Config['place']): string {
  return text === 'build' ? text : distribution(text, 'lint.lintian', place);
}
