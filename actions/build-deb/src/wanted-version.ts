import { type Host, type InputsOf, UserError } from '@release-kit/action';
import { disagreement, type PlainVersion, type WantedVersion } from './build-version.ts';
import { readCommitFacts } from './commit-facts.ts';
import { snapshotVersion } from './snapshot-version.ts';
import type { Source } from './source.ts';
import type { spec } from './spec.ts';

type VersionInputs = Pick<InputsOf<typeof spec>, 'version' | 'versionSuffix' | 'rebuild' | 'includeSource' | 'guards'>;

/** The inputs `version`, `version-suffix` and `rebuild`; the word snapshot asks git. A tag that says another version than the changelog is refused. */
export async function wantedVersion(
  source: Source,
  { version, versionSuffix, rebuild, includeSource, guards }: VersionInputs,
  host: Host,
): Promise<WantedVersion> {
  if (rebuild !== undefined)
    return rebuildVersion(rebuild, { version, 'version-suffix': versionSuffix, 'include-source': includeSource || undefined });
  const plain = await plainVersion(source, version, guards, host);
  return versionSuffix === undefined ? plain : { plain, suffix: versionSuffix };
}

async function plainVersion(
  source: Source,
  version: VersionInputs['version'],
  guards: VersionInputs['guards'],
  host: Host,
): Promise<PlainVersion> {
  if (version === undefined && source.kind === 'tree') {
    const { facts } = source;
    const wrong = disagreement(host.github.ref, { ...facts.newest, file: facts.files.changelog });
    if (wrong !== undefined && guards === 'error') throw wrong;
    if (wrong !== undefined)
      host.annotate({ level: 'warning', title: 'tag and changelog disagree', message: `${wrong.message}. ${wrong.cure}`, ...wrong.place });
  }
  if (version !== 'snapshot') return version;
  if (source.kind === 'dsc')
    throw new UserError('E_VERSION', 'a source package has no git history that a snapshot version could be made of', {
      cure: 'Name a version, or build the folder of a git checkout.',
    });
  return snapshotVersion(source.facts.newest.version, await readCommitFacts(host, source.folder));
}

/** Throws E_INPUT where a rebuild is asked to be something else as well. */
function rebuildVersion(rebuild: number, others: Readonly<Record<string, unknown>>): WantedVersion {
  const other = Object.keys(others).find((name) => others[name] !== undefined);
  if (other === undefined) return { rebuild };
  throw new UserError('E_INPUT', `input rebuild: a rebuild keeps the source as it is, and the input ${other} asks for another one`, {
    cure: `Leave out the input rebuild, or the input ${other}.`,
  });
}
