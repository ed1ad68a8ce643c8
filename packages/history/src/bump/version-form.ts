import semver from 'semver';

/** How a kind of file writes versions. */
export interface VersionForm {
  /** Of a semantic version; or why there is no such form. */
  readonly write: (version: string) => { readonly text: string; readonly remark?: string } | { readonly problem: string };
  /** The same text for every spelling of one version. */
  readonly normal: (text: string) => string;
}

/** The semantic version as it is. */
export const plainForm: VersionForm = { write: (version) => ({ text: version }), normal: withoutZeros };

/** snapd's rule: at most 32 characters, the last one is no dot or colon. */
export const snapForm: VersionForm = {
  write: (version) =>
    version.length <= 32 && /[A-Za-z0-9+~-]$/.test(version)
      ? { text: version }
      : {
          problem: `a snap's version has at most 32 characters and ends with a letter, a number, "+", "~" or "-"; ${version} does not fit`,
        },
  normal: withoutZeros,
};

/** CMake's `project(VERSION)` holds numbers only, so a pre-release has the numbers of what it announces. */
export const cmakeForm: VersionForm = {
  write: (version) => {
    const text = /^[\d.]+/.exec(version)?.[0] ?? version;
    return text === version ? { text } : { text, remark: `CMake's versions are numbers: ${text} stands for ${version}` };
  },
  normal: (text) => withoutZeros(/^[\d.]+/.exec(text)?.[0] ?? text),
};

const pythonStages: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', c: 'rc', pre: 'rc', preview: 'rc' };

/**
 * The version as PEP 440 writes it in normal form: `1.2.0-rc.1` is `1.2.0rc1`, `1.2.0-dev.3` is `1.2.0.dev3`. Other
 * pre-releases have no form; `post` would sort after the release, and a bare number (`1.2.0-1`) would be a post-release.
 */
export const pythonForm: VersionForm = {
  write: (version) => {
    const parsed = semver.parse(version);
    const [, core = '', local] = /^([\d.]+)(?:-[^+]*)?(?:\+(.*))?$/.exec(version) ?? [];
    const pre = parsed === null ? undefined : pythonPre(parsed.prerelease);
    if (pre === undefined)
      return { problem: `Python's versions (PEP 440) have no form of ${version}; pre-releases are alpha, beta, rc or dev with one number` };
    const label = local?.toLowerCase().replaceAll('-', '.');
    if (label !== undefined && !/^[a-z0-9]+(?:\.[a-z0-9]+)*$/.test(label))
      return { problem: `Python's versions (PEP 440) have no form of the build data of ${version}` };
    return { text: `${core}${pre}${label === undefined ? '' : `+${label}`}` };
  },
  normal: (text) => {
    const match =
      /^v?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)(?:[-_.]?(\d+))?)?([-_.]?dev(?:[-_.]?(\d+))?)?(?:\+([a-z0-9._-]*))?$/.exec(
        text.toLowerCase(),
      );
    if (match === null) return text;
    const [, core = '', stage, number = '0', dev, devNumber = '0', local] = match;
    const pre = stage === undefined ? '' : `${pythonStages[stage] ?? stage}${Number(number)}`;
    return `${withoutZeros(core)}${pre}${dev === undefined ? '' : `.dev${Number(devNumber)}`}${local === undefined ? '' : `+${local.replace(/[-_]/g, '.')}`}`;
  },
};

function pythonPre(prerelease: readonly (string | number)[]): string | undefined {
  const [first, second, third] = prerelease;
  if (first === undefined) return '';
  const [, stage = '', digits = ''] = /^(a|alpha|b|beta|c|rc|pre|preview|dev)(\d*)$/i.exec(String(first)) ?? [];
  if (stage === '' || third !== undefined) return undefined;
  if (second !== undefined && (typeof second !== 'number' || digits !== '')) return undefined;
  const name = stage.toLowerCase();
  const number = Number(digits === '' ? (second ?? 0) : digits);
  return name === 'dev' ? `.dev${number}` : `${pythonStages[name] ?? name}${number}`;
}

/** `1.2.0-rc.1` -> `1.2-rc.1`: people write 1.2 for 1.2.0. */
function withoutZeros(text: string): string {
  const [, core = '', rest = ''] = /^v?(\d+(?:\.\d+)*)(.*)$/s.exec(text) ?? [];
  return core === ''
    ? text
    : `${core
        .split('.')
        .map((part) => part.replace(/^0+(?=\d)/, ''))
        .join('.')
        .replace(/(?<=\d)(?:\.0)+$/, '')}${rest}`;
}
