import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import semver from 'semver';
import type { FileKind } from './file-kind.ts';
import type { Locate, Located } from './located.ts';
import { maxVersion, ownSpots } from './own-spots.ts';
import { edited, spotsOf } from './text-places.ts';
import { cmakeForm, plainForm, pythonForm, snapForm, type VersionForm } from './version-form.ts';

export interface BumpRequest {
  /** For messages: the path as people know it. */
  readonly file: string;
  /** Semantic version that the file must have now (or already the new one); undefined for any. */
  readonly from?: string;
  /** Semantic version to write. */
  readonly to: string;
  /** Packages of the same project that get the same version: entries of lock files, and requirements on them. */
  readonly names?: Iterable<string>;
  /** Nobody named the file: it may hold no version at all, or a placeholder (0.0.0) although `from` is another version. */
  readonly byHabit?: boolean;
}

/** One piece of the text that changed; line and column count from 1, in the text as it was. */
export interface BumpPlace {
  readonly line: number;
  readonly column: number;
  /** `project.version` */
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

export interface BumpResult {
  readonly text: string;
  /** In the order of the text; empty when the file had the version already, or gets it from elsewhere. */
  readonly places: readonly BumpPlace[];
  /** What a person should know, one line each, inert: where the version comes from instead, what was shortened. */
  readonly remarks: readonly string[];
}

interface Editor {
  readonly form: VersionForm;
  readonly load: () => Promise<Locate>;
}

const editors: Readonly<Record<FileKind, Editor>> = {
  'package.json': { form: plainForm, load: async () => (await import('./npm-package.ts')).locateInPackageJson },
  'package-lock.json': { form: plainForm, load: async () => (await import('./npm-lock.ts')).locateInPackageLock },
  'Cargo.toml': { form: plainForm, load: async () => (await import('./cargo-toml.ts')).locateInCargoToml },
  'Cargo.lock': { form: plainForm, load: async () => (await import('./cargo-lock.ts')).locateInCargoLock },
  'pyproject.toml': { form: pythonForm, load: async () => (await import('./pyproject.ts')).locateInPyproject },
  'meson.build': { form: plainForm, load: async () => (await import('./meson-build.ts')).locateInMesonBuild },
  'CMakeLists.txt': { form: cmakeForm, load: async () => (await import('./cmake-lists.ts')).locateInCmakeLists },
  'configure.ac': { form: plainForm, load: async () => (await import('./configure-ac.ts')).locateInConfigureAc },
  'snapcraft.yaml': { form: snapForm, load: async () => (await import('./snapcraft.ts')).locateInSnapcraft },
  'marked text': { form: plainForm, load: async () => (await import('./marked-text.ts')).locateInMarkedText },
  'version file': { form: plainForm, load: async () => (await import('./version-file.ts')).locateInVersionFile },
};

/** Lock files of the largest projects have a few MiB, what people write has not; the YAML reader needs most for each character. */
const maxKilobytes = (kind: FileKind): number =>
  kind === 'package-lock.json' || kind === 'Cargo.lock' ? 16_384 : kind === 'snapcraft.yaml' ? 128 : 2048;

/**
 * The text with its version changed and every other character as it was: comments, line ends, indentation, a byte-order
 * mark (decode with `ignoreBOM: true`).
 *
 * @throws UserError E_INPUT when `from` or `to` is no semantic version; E_BUMP with file, line and column when the text
 * holds no version, several, or another one than `from`, or when its format has no form of `to`
 */
export async function bumpFile(kind: FileKind, text: string, request: BumpRequest): Promise<BumpResult> {
  const { file, from, to, names = [], byHabit = false } = request;
  for (const version of [from, to]) if (version !== undefined) checkVersion(version);
  const fail = (offset: number, problem: string, cure?: string): never => {
    const place = { file, ...spotsOf(text, [offset])[0] };
    throw new UserError('E_BUMP', shortLine(problem), cure === undefined ? { place } : { place, cure });
  };
  if (text.length > maxKilobytes(kind) * 1024) fail(0, `the file is larger than ${maxKilobytes(kind)} KiB`);
  const { form, load } = editors[kind];
  const found = await (await load())(text, { from, to, names: names instanceof Set ? names : new Set(names), fail });
  const located = byHabit && from !== undefined && !isPlaceholder(from) ? withoutPlaceholder(found, text) : found;
  const { own, parts = [], following = [], remarks = [] } = located;
  if (own.length + parts.length + remarks.length === 0 && !byHabit) fail(0, `there is no version in this ${kind}`);
  const { spots: changed, remark } = ownSpots(text, located, form, { from, to, fail });
  const edits = [...changed, ...following]
    .filter((edit) => text.slice(edit.start, edit.end) !== edit.text)
    .sort((a, b) => a.start - b.start);
  const spots = spotsOf(
    text,
    edits.map(({ start }) => start),
  );
  return {
    text: edited(text, edits),
    places: edits.map(({ start, end, text: now, what }, index) => ({
      line: spots[index]?.line ?? 1,
      column: spots[index]?.column ?? 1,
      what: shortLine(what),
      from: text.slice(start, end),
      to: now,
    })),
    remarks: [...remarks, ...(remark === undefined ? [] : [remark])].map(shortLine),
  };
}

/** Keys and file names inside are a stranger's. */
const shortLine = (text: string): string => inertLine(text.length > 400 ? `${text.slice(0, 400)}…` : text);

function checkVersion(version: string): void {
  if (version.length > maxVersion || semver.parse(version) === null || !/^\d[0-9A-Za-z.+-]*$/.test(version))
    throw new UserError('E_INPUT', `${JSON.stringify(inertLine(version.slice(0, maxVersion)))} is not a semantic version`);
}

const isPlaceholder = (version: string): boolean => /^0(?:\.0)*(?:-.*)?$/.test(version);

/** A project that was released has no version 0.0.0: whoever wrote that keeps the version elsewhere. */
function withoutPlaceholder(located: Located, text: string): Located {
  const [spot] = located.own;
  if (spot === undefined || !located.own.every(({ start, end }) => isPlaceholder(text.slice(start, end)))) return located;
  const remark = `${spot.what} is ${text.slice(spot.start, spot.end)}, a placeholder; it is left as it is`;
  return { ...located, own: [], remarks: [...(located.remarks ?? []), remark] };
}
