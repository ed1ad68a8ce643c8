import { type ErrorCode, errorCatalog } from '@release-kit/action/errors';
import { cell, markdownTable } from '@release-kit/action/render';
import { cures } from '@release-kit/action-lintian-check/cures';
import { verdictOf } from '@release-kit/action-pipeline-gate/verdict';
import { buildCategories } from '@release-kit/debian';

type JobResult = Parameters<typeof verdictOf>[0][number];

/** What a person is about when an error comes. */
type Place = 'build' | 'packaging' | 'lint' | 'smoke' | 'title' | 'key' | 'release' | 'setup' | 'host';

/** A new code has no place yet: the compiler asks for one. */
const places: Readonly<Record<ErrorCode, Place>> = {
  E_BUILD: 'build',
  E_BUILD_COMPILE: 'build',
  E_BUILD_DEPENDS: 'build',
  E_BUILD_CROSS: 'build',
  E_BUILD_TEST: 'build',
  E_BUILD_NETWORK: 'build',
  E_BUILD_OUTPUT: 'build',
  E_BUILD_GUARD: 'build',
  E_BUILD_REPRODUCIBLE: 'build',
  E_BUILD_EQUIVALENCE: 'build',
  E_DEB: 'build',
  E_SOURCE: 'packaging',
  E_CONTROL: 'packaging',
  E_CHANGELOG: 'packaging',
  E_VERSION: 'packaging',
  E_LINT: 'lint',
  E_LINT_INCOMPLETE: 'lint',
  E_BASELINE: 'lint',
  E_BOMB: 'lint',
  E_SMOKE_TARGET: 'smoke',
  E_SMOKE_INSTALL: 'smoke',
  E_SMOKE_SERVICE: 'smoke',
  E_SMOKE_HEALTH: 'smoke',
  E_SMOKE_FILE: 'smoke',
  E_SMOKE_UPGRADE: 'smoke',
  E_SMOKE_REMOVE: 'smoke',
  E_SMOKE_LEFTOVER: 'smoke',
  E_SMOKE_FIGURES: 'smoke',
  E_SMOKE_TEST: 'smoke',
  E_MESSAGE: 'title',
  E_GIT: 'title',
  E_HISTORY: 'title',
  E_NO_RELEASE: 'title',
  E_CHANGELOG_FILE: 'title',
  E_BUMP: 'title',
  E_KEY_FORMAT: 'key',
  E_KEY_PUBLIC_ONLY: 'key',
  E_KEY_UNUSABLE: 'key',
  E_KEY_EXPIRED: 'key',
  E_KEY_REVOKED: 'key',
  E_KEY_NOT_YET_VALID: 'key',
  E_KEY_WEAK: 'key',
  E_KEY_CHECK: 'key',
  E_KEY_PUBLISHED: 'key',
  E_PASSPHRASE: 'key',
  E_SIGNER: 'key',
  E_SIGNATURE: 'key',
  E_TAG_SIGNATURE: 'key',
  E_ATTEST: 'key',
  E_TAG: 'release',
  E_TAG_MOVED: 'release',
  E_RELEASE_EXISTS: 'release',
  E_ASSET_CONFLICT: 'release',
  E_NAME: 'release',
  E_NAME_COLLISION: 'release',
  E_DIGEST: 'release',
  E_MANIFEST: 'release',
  E_TOKEN: 'release',
  E_GITHUB: 'release',
  E_RATE: 'release',
  E_FORK: 'release',
  E_INPUT: 'setup',
  E_CONFIG: 'setup',
  E_PATH: 'setup',
  E_DISTRIBUTION: 'setup',
  E_ARCHITECTURE: 'setup',
  E_INIT: 'setup',
  E_DOCTOR: 'setup',
  E_PIPELINE: 'setup',
  E_HOST: 'host',
  E_TOOL_MISSING: 'host',
  E_ENGINE: 'host',
  E_BINFMT: 'host',
  E_BASE_SYSTEM: 'host',
  E_MACHINE: 'host',
  E_CACHE: 'host',
  E_TIMEOUT: 'host',
  E_COMMAND: 'host',
  E_CANCELLED: 'host',
};

/** The tables of docs/troubleshooting.md, by the names of their markers. */
export function troubleshootingTables(): Readonly<Record<string, string>> {
  return {
    gate: gateTable(),
    ...Object.fromEntries([...new Set(Object.values(places))].map((place) => [`codes-${place}`, codesOf(place)])),
    builds: markdownTable(
      ['Category', 'What it means', 'Code'],
      Object.entries(buildCategories).map(([name, { code, meaning }]) => [
        `[${name}](build-failures.md#${name})`,
        cell(meaning),
        codeLink(code),
      ]),
    ),
    lint: markdownTable(
      ['Tag', 'What to do'],
      [...cures].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, cure]) => [`\`${tag}\``, cell(cure)]),
    ),
  };
}

const codeLink = (code: ErrorCode): string => `[\`${code}\`](errors.md#${code.toLowerCase()})`;

function codesOf(wanted: Place): string {
  const rows = codes.filter((code) => places[code] === wanted);
  return markdownTable(
    ['Code', 'What it means', 'What to do'],
    rows.map((code) => [codeLink(code), cell(errorCatalog[code].cause), cell(errorCatalog[code].cure)]),
  );
}

const isCode = (name: string): name is ErrorCode => Object.hasOwn(errorCatalog, name);
const codes = Object.keys(places).filter(isCode);

/** Sentences of the gate as it makes them, each with what to do. */
function gateTable(): string {
  const job = (name: string, outcome: JobResult['outcome'], sentence?: string, idle = false): JobResult => ({
    name,
    outcome,
    sentence,
    idle,
  });
  const package_ = 'hello for debian:12 amd64';
  const cases: readonly (readonly [jobs: readonly JobResult[], required: readonly string[], cure: string])[] = [
    [
      [job('packages', 'success', undefined, true), job('titles', 'success')],
      [],
      'Nothing: the change touches no package. `only-changed: false` builds all the same.',
    ],
    [
      [job('packages', 'failure', `${package_} did not build`)],
      [],
      'Look at the job of that name; its first error stands at a line of the change, or in [failures of builds](#a-package-does-not-build).',
    ],
    [
      [job('packages', 'failure', `${package_}: lintian-check failed`)],
      [],
      'Mend the findings, or accept them with a reason: [below](#lintian-finds-something).',
    ],
    [
      [job('packages', 'failure', `${package_}: install-smoke failed`)],
      [],
      'Look at the table in the summary of that job: [below](#a-package-fails-on-a-clean-system).',
    ],
    [
      [job('titles', 'failure', 'the title says no type')],
      [],
      'Change the title of the pull request as the annotation shows; the check runs again.',
    ],
    [
      [job('key', 'failure', 'no key is given')],
      [],
      'The secret is empty: it has another name, or belongs to an environment that this run may not use. [Keys](keys.md#storing-it-as-a-secret).',
    ],
    [
      [job('packages', 'cancelled')],
      [],
      'Somebody, a newer push to the same pull request, or a limit of time ended it. Run the job again.',
    ],
    [
      [job('sign', 'failure')],
      [],
      'Look at the log of the job; without a sentence it ended before its step ran, such as when a reviewer rejected the environment.',
    ],
    [
      [job('preflight', 'failure')],
      [],
      'The run did not start on a release tag, the tag and debian/changelog disagree, or the release is there already: [the release](#the-release).',
    ],
  ];
  return markdownTable(
    ['The gate says', 'What to do'],
    cases.map(([jobs, required, cure]) => [`\`${verdictOf(jobs, required).sentence}\``, cure]),
  );
}
