import { sourceLinks } from '@release-kit/action';
import { lintSummary, type Placed } from '@release-kit/action-lintian-check';
import { findingOf, placedOf } from '@release-kit/action-lintian-check/hint-sample';
import { resultOf } from '@release-kit/action-lintian-check/lint-result-sample';
import { hostileLines } from '../hostile.ts';

const link = sourceLinks({
  serverUrl: 'https://github.example',
  repository: 'example-organisation/packages',
  sha: '0123456789abcdef0123456789abcdef01234567',
});

type Hint = Placed['finding']['hint'];

function placed(given: Partial<Hint>, more: Partial<Placed> = {}, status: Placed['finding']['status'] = 'open'): Placed {
  const hint = { package: 'libexample-with-a-long-name-perl', severity: 'warning', ...given } as const;
  return placedOf(findingOf(hint, { status, file: `${hint.package}_1.0-1_all.deb` }), { standing: 'existing', ...more });
}

const near = { shown: 'debian/control:14', place: { file: 'debian/control', line: 14 }, exact: false, reason: 'the stanza of its package' };
const long = `usr/share/${'a-folder-with-a-name/'.repeat(12)}file-with-a-name-that-nobody-could-break-into-lines.so.1.2.3`;

/** The summary of a run with a finding of every kind, long paths, and the texts that a hostile package would like to be obeyed. */
export function everyKind(): string {
  const findings = [
    placed({ tag: 'hardening-no-bindnow', note: `[${long}]` }, { location: near, standing: 'new' }),
    placed({ tag: 'very-long-line-length-in-source-file', severity: 'pedantic', note: `${'9'.repeat(200)} > 512 [${long}:17]` }),
    placed({ tag: 'spelling-error-in-binary', severity: 'info', note: `occurence occurrence [${long}]` }, { location: near }),
    placed({ tag: `a-tag-${'with-many-words-'.repeat(12)}in-it`, severity: 'error' }, { location: { ...near, exact: true } }),
    placed({ tag: 'maintainer-script-calls-chown-improperly', severity: 'error', experimental: true }),
    ...hostileLines.map((line) =>
      placed(
        { tag: line, note: `${line} ${line}`, package: line },
        { location: { shown: line, place: { file: line, line: 3 }, exact: false, reason: line }, standing: 'new' },
      ),
    ),
    placed({ tag: 'no-manual-page', justification: hostileLines.join(' ') }, {}, 'overridden'),
  ];
  const override = { package: 'libexample-perl', tag: 'no-manual-page', context: long, location: near, remark: 'hides 2 findings' };
  const past = { package: 'libexample-perl', type: 'binary', tag: 'gone-tag', context: long };
  const result = resultOf({
    failOn: 'warning',
    version: '2.116.3+deb12u1 and 2.122.0',
    files: ['libexample-with-a-long-name-perl_1.0-1_all.deb', ...hostileLines].map((name) => ({ name, distribution: 'debian:12' })),
    placed: findings,
    unread: 3,
    comparison: { with: `the baseline ${long}`, fixed: [past], stale: [{ past, place: { file: 'debian/lintian-baseline', line: 7 } }] },
    newlyOverridden: [override],
    unusedOverrides: [override],
    skipped: [{ what: 'blhc', reason: hostileLines.join(' ') }],
  });
  const meanings = new Map(
    findings.map(({ finding }) => [finding.hint.tag, { meaning: `${hostileLines.join('\n')} ${long}`, references: [long] }]),
  );
  return lintSummary(result, meanings, link);
}
