import { posix } from 'node:path';
import { inertLine } from '@release-kit/action';
import {
  type FileKind,
  habitFiles,
  inStep,
  type KnownFile,
  type ManifestKind,
  type Member,
  memberFolders,
  readManifest,
  strangePatterns,
} from '@release-kit/history/bump';
import { textOf } from './file-text.ts';
import type { ProjectFiles } from './project-files.ts';

/** What is changed where nobody named files. */
export interface HabitualFiles {
  readonly files: readonly KnownFile[];
  /** Packages that get the version. */
  readonly names: readonly string[];
  readonly remarks: readonly string[];
}

const toldApart = 5;

const manifests: readonly ManifestKind[] = ['package.json', 'Cargo.toml'];

/** Of a member that is released with the others; other things in its folder may be somebody else's, with versions of their own. */
const memberKinds: ReadonlySet<FileKind> = new Set(['package.json', 'package-lock.json', 'Cargo.toml', 'Cargo.lock', 'marked text']);

/**
 * The files of the project in `folder` that hold its version by habit, with those of its npm and Cargo workspaces. `versions`: what they
 * may have now; a package with another version is told and left.
 */
export async function filesByHabit(project: ProjectFiles, folder: string, versions: readonly string[]): Promise<HabitualFiles> {
  const files = new Map(habitFiles(project.tracked, folder).map((file) => [file.path, file]));
  const names: string[] = [];
  const remarks: string[] = [];
  for (const kind of manifests) {
    const members = await workspaceMembers(project, folder, kind);
    const [root] = members;
    if (root === undefined) continue;
    const { together, apart } = inStep(root, members.slice(1), versions);
    for (const member of together) {
      names.push(...(member.manifest.name === undefined ? [] : [member.manifest.name]));
      if (member === root) continue;
      for (const file of habitFiles(project.tracked, member.folder)) if (memberKinds.has(file.kind)) files.set(file.path, file);
    }
    remarks.push(...apartRemarks(apart, kind));
    for (const pattern of strangePatterns(root))
      remarks.push(inertLine(`${posix.join(folder, kind)} lists members by ${pattern}, a pattern that is not read; name their files`));
    for (const lock of outerLocks(project, folder, kind))
      if (lock.kind === 'Cargo.lock') files.set(lock.path, lock);
      else remarks.push(`${inertLine(lock.path)} may list this version as well; npm install --package-lock-only writes it anew`);
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), names, remarks };
}

/** A workspace may have hundreds of packages that are released one by one. */
function apartRemarks(apart: readonly Member[], kind: ManifestKind): readonly string[] {
  if (apart.length > toldApart) {
    const shown = apart.slice(0, toldApart).map(({ folder, manifest }) => `${posix.join(folder, kind)} ${manifest.version}`);
    return [
      inertLine(
        `${apart.length} packages have versions of their own and are left as they are: ${shown.join(', ')} and ${apart.length - toldApart} more`,
      ),
    ];
  }
  return apart.map(({ folder, manifest }) =>
    inertLine(`${posix.join(folder, kind)} has a version of its own, ${manifest.version}; it is left as it is`),
  );
}

/** The manifest in the folder and those of its workspace, which Cargo follows from one path dependency to the next. */
async function workspaceMembers(project: ProjectFiles, folder: string, kind: ManifestKind): Promise<readonly Member[]> {
  const tracked = new Set(project.tracked.filter((path) => posix.basename(path) === kind).map(folderOf));
  if (!tracked.has(folder)) return [];
  const read = async (at: string): Promise<Member | undefined> => {
    const file = await project.read(posix.join(at, kind));
    return file === undefined ? undefined : { folder: at, manifest: readManifest(kind, textOf(file), file.path) };
  };
  const root = await read(folder);
  const members = new Map<string, Member>();
  for (const queue = [root]; queue.length > 0; ) {
    const member = queue.shift();
    if (root === undefined || member === undefined || members.has(member.folder)) continue;
    members.set(member.folder, member);
    // Without a workspace a path dependency is another project.
    if (root.manifest.members.length === 0) break;
    for (const at of memberFolders(member, root, tracked)) if (!members.has(at)) queue.push(await read(at));
  }
  return [...members.values()];
}

/** The lock file of the workspace around a package that has none itself. */
function outerLocks({ tracked }: ProjectFiles, folder: string, kind: ManifestKind): readonly KnownFile[] {
  const lock = kind === 'Cargo.toml' ? 'Cargo.lock' : 'package-lock.json';
  const known = new Set(tracked);
  for (let at = folder; ; at = folderOf(at)) {
    const path = posix.join(at, lock);
    if (known.has(path)) return at === folder ? [] : [{ path, kind: lock }];
    if (at === '') return [];
  }
}

/** `a/b` -> `a`; `a` -> ''. */
function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
