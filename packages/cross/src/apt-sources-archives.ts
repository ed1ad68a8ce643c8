import { type SourceEntry, stanzasIn } from './apt-sources.ts';

/** What apt knows of one index it was told to fetch; the last three from the archive's signed Release file. */
export interface IndexTarget {
  /** Absolute file of the entry. */
  readonly file: string;
  readonly uri: string;
  readonly suite: string;
  readonly origin: string;
}

/** For `apt-get indextargets --format`; one line per index, fields apart by tabs. */
export const indexTargetFormat = '$(SOURCESENTRY)\t$(REPO_URI)\t$(RELEASE)\t$(ORIGIN)';

export function parseIndexTargets(text: string): readonly IndexTarget[] {
  const lines = new Set(text.split('\n').filter((line) => line !== ''));
  return [...lines].map((line) => {
    const [entry = '', uri = '', suite = '', origin = ''] = line.split('\t');
    return { file: entry.replace(/:\d+$/, ''), uri, suite, origin };
  });
}

/** What the distributions' own archives call themselves in their Release files; strangers' archives have names of their own. */
const distributionOrigins = ['Debian', 'Ubuntu', 'Raspbian', 'Raspberry Pi Foundation'];

/**
 * Whether an entry of the file `file` is the distribution's own archive, by what its signed Release files say. A suite with nothing in
 * it says nothing: apt keeps no index of it.
 */
export function isOwnArchive(
  targets: readonly IndexTarget[],
  file: string,
  { uris, suites }: Pick<SourceEntry, 'uris' | 'suites'>,
): boolean {
  const same = (a: string, b: string): boolean => a.replace(/\/*$/, '/') === b.replace(/\/*$/, '/');
  const found = targets.filter(
    (target) => target.file === file && suites.includes(target.suite) && uris.some((uri) => same(uri, target.uri)),
  );
  return found.length > 0 && found.every(({ origin }) => distributionOrigins.includes(origin));
}

/** Addresses in a file of mirrors, best first: `ADDRESS` and options such as `priority:1` apart by tabs or blanks; apt-transport-mirror(1). */
export function parseMirrors(text: string): readonly string[] {
  const mirrors = text.split('\n').flatMap((line) => {
    const [address = '', ...options] = line
      .replace(/#.*/, '')
      .split(/\s+/)
      .filter((word) => word !== '');
    if (!/^[a-z]+:/.test(address)) return [];
    const priority = Number(options.find((word) => /^priority:\d+$/.test(word))?.slice('priority:'.length) ?? Number.MAX_SAFE_INTEGER);
    return [{ address, priority }];
  });
  return mirrors.sort((a, b) => a.priority - b.priority).map(({ address }) => address);
}

/** The file a `mirror+file:` address names; undefined for other addresses. */
export const mirrorListOf = (uri: string): string | undefined => /^mirror\+file:\/*(\/.*?)\/?$/.exec(uri)?.[1];

/**
 * The archive that serves an architecture by the distribution's own table (`Ubuntu.info` of the package python-apt-common):
 * `BaseURI-ARCH`, else `BaseURI`, of the suite, which stands there as `{series}` when it is one of many.
 */
export function archiveOf(template: string, suite: string, architecture: string): string | undefined {
  const stanzas = stanzasIn(template).map((fields) => new Map(fields.map(({ name, value: [first = ''] }) => [name, first])));
  const archives = stanzas.filter((fields) => fields.get('repositorytype') === 'deb' && fields.has('baseuri'));
  const found = archives.find((fields) => fields.get('suite') === suite) ?? archives.find((fields) => fields.get('suite') === '{series}');
  return found?.get(`baseuri-${architecture}`) ?? found?.get('baseuri');
}

/** The small file that is there when an archive serves an architecture; undefined for a flat repository, which has no such thing. */
export function probeUri(uri: string, suite: string, component: string | undefined, architecture: string): string | undefined {
  if (suite.endsWith('/') || component === undefined) return undefined;
  return `${uri.replace(/\/*$/, '')}/dists/${suite}/${component}/binary-${architecture}/Release`;
}
