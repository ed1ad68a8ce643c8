import { architectureNames } from './architecture.ts';
import { changelogSchema } from './changelog-schema.ts';
import { filePatterns, matrixSchema, packageSchema } from './plan-schema.ts';
import { architecture, distribution, line, list, object, runner, set, strategies, strategy } from './schema-parts.ts';
import { smokeSchema } from './smoke-schema.ts';

/** What every package depends on when the file does not say it. */
export const defaultShared: readonly string[] = ['.github/workflows/**', '.github/actions/**'];

/** What can run beside lintian. */
const lintTools = ['all', 'blhc', 'desktop-file-validate', 'appstreamcli', 'shellcheck', 'systemd-analyze'] as const;

/**
 * JSON Schema (draft 7, which editors know best) of release-kit.yml. `release-kit.schema.json` is rendered from it.
 * `patternErrorMessage` is the keyword that editors show instead of a regular expression; messages use it as well.
 */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'release-kit.yml',
  ...object('Configuration of release-kit. Everything is optional; action inputs override it.', {
    packages: set(packageSchema, 100, 'Source packages to build. Default: every folder that holds debian/control.'),
    shared: {
      ...filePatterns('Files that every package depends on: a change of one builds all. The configuration file itself always does.'),
      default: defaultShared,
    },
    architectures: { ...set(architecture, 20, "Architectures to build for, by Debian's names."), default: ['amd64'] },
    distributions: { ...set(distribution, 20, 'Distributions to build for.'), default: ['debian:12'] },
    build: object('How packages are built.', {
      strategy: {
        ...strategy('How a foreign architecture is built: on a runner of that architecture, cross-compiled, or emulated.'),
        default: 'auto',
      },
      strategies: strategies('Architecture -> how packages are built for it, where that differs from strategy.'),
    }),
    runners: {
      type: 'object',
      description: 'Runner of each architecture: one label, or a list of labels that must all match.',
      propertyNames: { enum: architectureNames },
      additionalProperties: runner('Label, or list of labels.'),
    },
    matrix: matrixSchema,
    lint: object('How packages are checked by lintian.', {
      'fail-on': {
        type: 'string',
        enum: ['error', 'warning', 'info', 'pedantic', 'never'],
        default: 'error',
        description: 'Least severity that fails the check, of all findings.',
      },
      'fail-on-new': {
        type: 'string',
        enum: ['error', 'warning', 'info', 'pedantic', 'never'],
        default: 'never',
        description: 'Least severity that fails the check, of findings that were not there before.',
      },
      lintian: {
        ...line('Whose lintian checks: build for that of the distribution that the packages are for, or another distribution.', 50),
        default: 'build',
        examples: ['build', 'debian:13', 'debian:sid'],
      },
      baseline: line(
        'File of known findings, from the root of the repository. Default: debian/lintian-baseline of the source, when there is one.',
      ),
      also: {
        ...list({ type: 'string', enum: lintTools }, lintTools.length, 'What runs beside lintian, or all.'),
        uniqueItems: true,
        default: [],
      },
    }),
    smoke: smokeSchema,
    changelog: changelogSchema,
    release: object('How the release is made.', {
      draft: {
        type: 'boolean',
        default: true,
        description: 'Leave the release as a draft for a person to publish; false publishes what is made on GitHub.',
      },
      channels: {
        type: 'object',
        description:
          'Pattern of tags -> channel that such releases go to; the first that matches counts. All channels but stable are pre-releases.',
        maxProperties: 50,
        propertyNames: {
          minLength: 1,
          maxLength: 100,
          pattern: '^[A-Za-z0-9._+*?/-]+$',
          patternErrorMessage: 'a pattern of tags such as *-rc*',
        },
        additionalProperties: {
          type: 'string',
          pattern: '^[a-z][a-z0-9-]{0,31}$',
          patternErrorMessage: 'the name of a channel: small letters, digits and hyphens',
          description: 'Name of the channel.',
        },
      },
    }),
  }),
} as const;
