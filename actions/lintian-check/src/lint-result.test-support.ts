import type { Explanations } from './explanation.ts';
import { countFindings } from './finding.ts';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';
import type { LintResult } from './lint-result.ts';
import type { Placed } from './placed.ts';

/** A result with every field that does not matter filled in; counted from `placed`. */
export function resultOf(given: Partial<LintResult> = {}): LintResult {
  const placed = given.placed ?? [];
  return {
    passed: false,
    failOn: 'error',
    failOnNew: 'never',
    version: '2.116.3',
    files: [{ name: 'hello_1.0_amd64.deb', distribution: 'debian:12' }],
    tools: ['lintian'],
    counts: countFindings(placed.map(({ finding }) => finding)),
    placed,
    unread: 0,
    comparison: undefined,
    newlyOverridden: [],
    unusedOverrides: [],
    skipped: [],
    ...given,
  };
}

/** A text that no format may obey: commands, escapes, markup of four kinds, bytes that XML forbids. */
export const hostileText =
  '::error::x\u001b[31m\u202e|`<script>alert(1)</script>]]> {0} [link](https://evil.example) @everyone #1 \ud800 \uffff \u0000 "\' ##[error]\n| a | b |\r\n';

/** A finding of every kind, the hostile ones included. */
export function samplePlaced(): readonly Placed[] {
  const file = 'pkg/debian/install';
  const place = { location: locationOf('debian/install:3', { place: { file, line: 3 }, exact: true }) };
  const opt = () => findingOf({ tag: 'dir-or-file-in-opt', pointer: { path: 'opt/x/', index: 'installed', line: undefined } });
  return [
    placedOf(opt(), { ...place, standing: 'existing' }),
    placedOf(opt(), { ...place, standing: 'new' }),
    placedOf(findingOf({ tag: 'hostile', note: hostileText, package: hostileText }, { file: `${hostileText}.deb` })),
    placedOf(findingOf({ tag: 'new-tag', severity: 'warning', experimental: true }), { location: locationOf('debian/control') }),
    placedOf(findingOf({ tag: 'no-manual-page', severity: 'info' })),
    placedOf(findingOf({ tag: 'a-fact', severity: 'classification' })),
    placedOf(findingOf({ tag: 'SC2086', severity: 'warning' }, { tool: 'shellcheck' }), { ...place, standing: 'new' }),
    placedOf(findingOf({ tag: 'accepted', justification: 'It <has> to be.' }, { status: 'overridden' }), place),
    placedOf(findingOf({ tag: 'set-aside' }, { status: 'masked' })),
  ];
}

export const sampleExplanations: Explanations = new Map([
  [
    'dir-or-file-in-opt',
    {
      meaning: 'Packages should not install into /opt. It is for {local} use.\nSee [the FHS](1).',
      cure: 'Install into /usr.',
      references: ['policy 9.1.1'],
    },
  ],
]);

const gone = { package: 'hello', type: 'binary', tag: 'gone-tag', context: hostileText } as const;

export function sampleResult(): LintResult {
  return resultOf({
    placed: samplePlaced(),
    files: ['hello_1.0_amd64.deb', 'hello_1.0.dsc'].map((name) => ({ name, distribution: 'debian:12' })),
    unread: 2,
    comparison: {
      with: 'the baseline debian/lintian-baseline',
      fixed: [gone],
      stale: [{ past: gone, place: { file: 'debian/lintian-baseline', line: 7 } }],
    },
    newlyOverridden: [{ package: 'hello', tag: 'accepted', context: 'x | y', location: locationOf('debian/hello.lintian-overrides:2') }],
    unusedOverrides: [{ package: 'hello', tag: 'old-tag', context: '', location: undefined }],
    skipped: [{ what: 'blhc', reason: hostileText }],
  });
}
