import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { createMachine, prepareBase } from '@release-kit/machine';
import { type Manifest, openPackages } from '@release-kit/manifest';
import { helperBaseRequest } from './base-choice.ts';
import type { BuildRequest, FinishedBuild } from './build-once.ts';
import { addBuildUser, buildFolder, buildUser } from './build-user.ts';
import { readFields } from './collect.ts';
import { type DependencyDifference, dependencyDifferences } from './dependency-difference.ts';
import { packageDifferences } from './equivalence.ts';
import { reportEquivalence } from './equivalence-report.ts';
import { inspectPackages, type PackageContent } from './package-content.ts';

/**
 * Compares a finished build with one whose manifest lies beside its files. For the same architecture it is asked whether both are
 * equivalent; for another one, whether the packages depend on the same. Returns the output: `true`, `false`, or empty.
 * Throws E_MANIFEST and E_DIGEST, and E_BUILD_EQUIVALENCE where a difference must not be.
 */
export async function compareWithOther(
  host: Host,
  request: BuildRequest,
  first: FinishedBuild,
  other: string,
  wanted: 'true' | 'require',
): Promise<string> {
  await using opened = await openPackages(other, undefined, host);
  const { manifest } = opened;
  const [own, theirs] = [first.manifest, manifest].map(sourceText);
  if (own !== theirs)
    throw new UserError('E_MANIFEST', inertLine(`it is of ${theirs}, but ${own} was built`), {
      place: { file: basename(other) },
      cure: 'Name the manifest of another build of the same source, in the input compare-with.',
    });
  const contents = await contentsOf(host, request, manifest, opened.folder);
  const architectures = new Set(contents.map(({ control }) => control.get('Architecture')).filter((name) => name !== 'all'));
  if (architectures.has(request.architecture)) {
    const compared = { left: 'this build', right: 'the other build', packages: first.contents.length };
    return reportEquivalence(host, packageDifferences(first.contents, contents), compared, wanted);
  }
  return reportDependencies(
    host,
    dependencyDifferences(first.contents, contents),
    [...architectures].join(', '),
    request.architecture,
    wanted,
  );
}

const sourceText = ({ sources }: Manifest): string => sources.map(({ package: name, version }) => `${name} ${version}`).join(', ');

async function contentsOf(host: Host, request: BuildRequest, manifest: Manifest, folder: string): Promise<readonly PackageContent[]> {
  const names = manifest.files.filter(({ kind }) => kind === 'deb' || kind === 'udeb' || kind === 'ddeb').map(({ path }) => path);
  await using copy = await host.files.temporary('other-build');
  for (const name of names) await copyFile(join(folder, name), join(copy.path, name));
  const base = await prepareBase(host, helperBaseRequest(request));
  await using machine = await createMachine(host, base, request.engine);
  await addBuildUser(machine);
  const place = `${buildFolder}/.other`;
  await machine.copyIn(copy.path, place, buildUser);
  const controls = await readFields(machine, names, place);
  const packages = names.map((file, index) => ({ file, control: controls[index] ?? '' }));
  return inspectPackages(machine, place, packages, 'deep', request.deadline());
}

function reportDependencies(
  host: Host,
  differences: readonly DependencyDifference[],
  theirs: string,
  ours: string,
  wanted: 'true' | 'require',
): string {
  const words = differences.map(({ package: name, more, fewer }) =>
    inertLine(
      [
        `${name} for ${ours}`,
        ...(fewer.length === 0 ? [] : [`does not depend on ${fewer.join(', ')}`]),
        ...(more.length === 0 ? [] : [`${fewer.length === 0 ? 'depends' : 'but depends'} on ${more.join(', ')}`]),
        `other than for ${theirs}`,
      ].join(' '),
    ),
  );
  const [first] = words;
  if (first === undefined) {
    host.log.info(`dependencies: the same packages for ${ours} and for ${theirs}`);
    return '';
  }
  const cure =
    'See what dpkg-shlibdeps said in both logs, and which optional libraries configure found; write a real difference into debian/control with [architectures].';
  if (wanted === 'require') throw new UserError('E_BUILD_EQUIVALENCE', first, { cure });
  for (const message of words) host.annotate({ level: 'warning', title: 'other dependencies', message: `${message}. ${cure}` });
  return 'false';
}
