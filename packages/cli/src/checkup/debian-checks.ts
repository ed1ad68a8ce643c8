import { inertLine, UserError } from '@release-kit/action';
import { compareVersions, debianVersionOf, parseChangelog, parseControl, parseTag, parseVersion } from '@release-kit/debian';
import type { Finding } from './finding.ts';

/** The files of a package that everything starts from; undefined for one that is not there. */
export interface PackagingFiles {
  /** From the root of the repository. */
  readonly folder: string;
  readonly control: string | undefined;
  readonly changelog: string | undefined;
  readonly format: string | undefined;
  readonly hasRules: boolean;
  readonly hasCopyright: boolean;
}

/** The health of a debian/ folder. `newestTag`: the greatest stable release tag before this commit, where one tag releases all packages. */
export function debianChecks(files: PackagingFiles, newestTag: string | undefined): readonly Finding[] {
  const { folder } = files;
  const at = (name: string, line?: number) => ({
    file: folder === '.' ? `debian/${name}` : `${folder}/debian/${name}`,
    ...(line === undefined ? {} : { line }),
  });
  const control = read(files.control, 'control', at('control').file, parseControl);
  const changelog = read(files.changelog, 'changelog', at('changelog').file, (text, file) => parseChangelog(text, file, { newest: 1 })[0]);
  const findings = [
    ...missing(files, at),
    ...control.findings,
    ...changelog.findings,
    ...formatChecks(files.format, changelog.value?.version, at('source/format')),
  ];
  const source = control.value?.source.get('Source');
  if (changelog.value !== undefined) {
    const { version, distributions, line, package: name } = changelog.value;
    const place = at('changelog', line);
    if (source !== undefined && name !== source)
      findings.push({
        name: 'debian',
        level: 'bad',
        finding: `the changelog is of ${name}, and debian/control of ${source}`,
        place,
        cure: 'Give both one name.',
      });
    if (distributions.includes('UNRELEASED'))
      findings.push({
        name: 'debian',
        level: 'note',
        finding: `${version} is UNRELEASED: a release of it needs a distribution (dch --release)`,
        place,
      });
    findings.push(...tagCheck(version, newestTag, place));
  }
  if (findings.some(({ level }) => level === 'bad')) return findings;
  const said = `${source ?? folder} ${changelog.value?.version ?? ''}`.trim();
  return [
    ...findings,
    { name: 'debian', level: 'good', finding: `${said}: control, changelog, rules and source format fit`, place: at('control') },
  ];
}

type At = (name: string, line?: number) => NonNullable<Finding['place']>;

function missing({ changelog, format, hasRules, hasCopyright }: PackagingFiles, at: At): readonly Finding[] {
  const findings: Finding[] = [];
  const tell = (name: string, level: 'bad' | 'note', cure: string): void =>
    void findings.push({ name: 'debian', level, finding: 'the file is missing', place: at(name), cure });
  if (changelog === undefined) tell('changelog', 'bad', 'Write its first entry: dch --create, or release-kit bump.');
  if (!hasRules) tell('rules', 'bad', 'Write it: `#!/usr/bin/make -f`, then `%:` and a tab with `dh $@` (dh(1)).');
  if (!hasCopyright) tell('copyright', 'note', 'Say there whose it is and what is allowed (Policy 12.5); lintian fails without it.');
  if (format === undefined) tell('source/format', 'note', 'Write `3.0 (quilt)` or `3.0 (native)`; without it the format is 1.0.');
  return findings;
}

/** deb-src3.0 formats say whether a version has a Debian revision (dpkg-source(1)). */
function formatChecks(format: string | undefined, version: string | undefined, place: NonNullable<Finding['place']>): readonly Finding[] {
  const word = format?.trim();
  if (word === undefined) return [];
  if (!['1.0', '3.0 (native)', '3.0 (quilt)'].includes(word))
    return [
      {
        name: 'debian',
        level: 'bad',
        finding: `${JSON.stringify(inertLine(word))} is no source format`,
        place,
        cure: 'Write 3.0 (quilt) or 3.0 (native).',
      },
    ];
  const hasRevision = version?.includes('-') ?? false;
  if (word === '3.0 (native)' && hasRevision)
    return [
      {
        name: 'debian',
        level: 'bad',
        finding: `a native package has no Debian revision, and ${version} has one`,
        place,
        cure: 'Take it from the version, or write 3.0 (quilt).',
      },
    ];
  if (word === '3.0 (quilt)' && version !== undefined && !hasRevision)
    return [
      {
        name: 'debian',
        level: 'bad',
        finding: `${version} has no Debian revision, which 3.0 (quilt) needs`,
        place,
        cure: 'Write 3.0 (native), or a version such as 1.2.3-1.',
      },
    ];
  return [];
}

/** A changelog behind the newest release cannot be the next one. */
function tagCheck(version: string, newestTag: string | undefined, place: NonNullable<Finding['place']>): readonly Finding[] {
  if (newestTag === undefined) return [];
  const released = debianVersionOf(parseTag(newestTag).version, '');
  const order = compareVersions(parseVersion(version).upstream, released);
  const cure = 'Write an entry for what comes next: release-kit bump.';
  if (order < 0) return [{ name: 'debian', level: 'bad', finding: `${version} is older than the release ${newestTag}`, place, cure }];
  return order > 0
    ? []
    : [{ name: 'debian', level: 'note', finding: `${version} is released as ${newestTag}: the next release needs an entry`, place, cure }];
}

/** What a parser makes of a file, or what it says against it. */
function read<T>(
  text: string | undefined,
  name: string,
  file: string,
  parse: (text: string, file: string) => T,
): { readonly value?: T; readonly findings: readonly Finding[] } {
  if (text === undefined) return { findings: [] };
  try {
    return { value: parse(text, file), findings: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      findings: [{ name: `debian/${name}`, level: 'bad', finding: error.message, place: error.place ?? { file }, cure: error.cure }],
    };
  }
}
