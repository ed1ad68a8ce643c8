import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { readPackages } from '@release-kit/action-build-matrix';
import { findConfig, loadConfig } from '@release-kit/config';
import { buildRelations, type ChangelogEntry, type Paragraph, parseControl } from '@release-kit/debian';
import type { Buildable } from './build-order.ts';
import { lookAtSource, type Source, tagsOnCommit } from './source.ts';

/** What is released together: one source, or all packages of a folder that is no package itself. */
export interface Repository extends Pick<Source, 'folder' | 'version' | 'tags'> {
  readonly kind: 'tree' | 'dsc' | 'several';
  /** Absolute: what the user pointed at. */
  readonly path: string;
  /** Newest entries of debian/changelog, one for each package; none for a .dsc. */
  readonly entries: readonly ChangelogEntry[];
}

/** Looks at the path before anything expensive. Throws E_SOURCE, E_CHANGELOG, E_CONTROL, E_CONFIG, E_VERSION, E_GIT. */
export async function lookAtRepository(path: string, tagNamed: boolean, host: Host): Promise<Repository> {
  const folder = resolve(host.files.workspace, path);
  if (!existsSync(folder) || folder.endsWith('.dsc') || existsSync(join(folder, 'debian', 'changelog')))
    return ofOne(await lookAtSource(path, host));
  const file = await findConfig(folder);
  const config = await loadConfig(file, host.files.workspace);
  const { packages } = await readPackages(file, config, folder, host);
  const sources: Source[] = [];
  for (const one of packages) sources.push(await lookAtSource(one.path, host));
  const versions = [...new Set(sources.map(({ version }) => version))];
  const tags = await tagsOnCommit(folder, host);
  if (versions.length > 1 && !tagNamed && (tags ?? []).length === 0)
    throw new UserError('E_VERSION', `the packages have different versions: ${versions.map(inertLine).join(', ')}`, {
      cure: 'Name the tag of the release with --tag.',
    });
  return {
    kind: 'several',
    path: folder,
    folder,
    version: versions[0] ?? '',
    tags,
    entries: sources.flatMap((source) => source.newest ?? []),
  };
}

function ofOne({ newest, ...source }: Source): Repository {
  return { ...source, entries: newest === undefined ? [] : [newest] };
}

/** What a package of the repository needs and makes; `folder` is absolute, `shown` is how messages name it. Throws E_CONTROL, E_SOURCE. */
export async function readBuildable(folder: string, shown: string): Promise<Buildable> {
  const file = join(shown, 'debian', 'control');
  const { source, binaries } = parseControl(await readFile(join(folder, 'debian', 'control'), 'utf8'), file);
  const makes = binaries.flatMap((binary) => [...namesIn(binary.get('Package')), ...namesIn(binary.get('Provides'))]);
  return { name: source.get('Source') ?? '', makes, needs: needsOf(source) };
}

/** Alternatives count: whichever is built here may be the one that is taken. What conflicts is no need. */
function needsOf(source: Paragraph): readonly string[] {
  const fields = Object.entries(buildRelations(source)).filter(([field]) => field.startsWith('Build-Depends'));
  return fields.flatMap(([, value]) => namesIn(value));
}

const namesIn = (relations: string | undefined): readonly string[] =>
  (relations ?? '').split(/[,|]/).flatMap((part) => /^\s*([a-z0-9][a-z0-9+.-]+)/.exec(part)?.[1] ?? []);
