import { posix } from 'node:path';
import { type Place, UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { parseDistribution } from '@release-kit/debian';
import { architectureNames, unknownArchitecture } from './architecture.ts';
import type { Config, MatrixChoice, MatrixConfig, PackageConfig } from './config.ts';
import type { RawChoice, RawMatrix, RawPackage, RawRunner } from './raw-config.ts';

type PlaceOf = Config['place'];

/** The packages of the file, each folder and each name once. */
export function packageList(packages: readonly RawPackage[], place: PlaceOf): readonly PackageConfig[] {
  const list = packages.map((raw, index) => packageConfig(raw, `packages[${index}]`, place));
  distinct(
    list.map(({ path }) => path),
    'packages',
    place,
  );
  const names = list.map(({ name }) => name);
  const twice = names.findIndex((name, index) => name !== undefined && names.indexOf(name) !== index);
  if (twice !== -1) throw new UserError('E_CONFIG', `two packages have the name ${names[twice]}`, at(`packages[${twice}].name`, place));
  return list;
}

function packageConfig(raw: RawPackage, name: string, place: PlaceOf): PackageConfig {
  return {
    path: insidePath(raw.path, `${name}.path`, place),
    name: raw.name,
    paths: raw.paths,
    distributions: raw.distributions && distributionList(raw.distributions, `${name}.distributions`, place),
    architectures: raw.architectures,
    strategy: raw.strategy,
    strategies: { ...raw.strategies },
  };
}

/** Distributions by their number, each once. `name` is the list in the file. */
export function distributionList(names: readonly string[], name: string, place: PlaceOf): readonly string[] {
  return distinct(
    names.map((text, index) => distribution(text, `${name}[${index}]`, place)),
    name,
    place,
  );
}

export function runnerLabels(labels: RawRunner): readonly string[] {
  return typeof labels === 'string' ? [labels] : labels;
}

export function matrixConfig(raw: RawMatrix, place: PlaceOf): MatrixConfig {
  return {
    exclude: (raw.exclude ?? []).map((choice, index) => matrixChoice(choice, `matrix.exclude[${index}]`, place)),
    include: (raw.include ?? []).map((entry, index) => ({
      ...matrixChoice(entry, `matrix.include[${index}]`, place),
      strategy: entry.strategy,
      runner: entry.runner === undefined ? undefined : runnerLabels(entry.runner),
    })),
    failFast: raw['fail-fast'] ?? false,
    maxParallel: raw['max-parallel'],
  };
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

function matrixChoice(raw: RawChoice, name: string, place: PlaceOf): MatrixChoice {
  const { package: source = '*', distribution: where = '*', architecture = '*' } = raw;
  if (!isPattern(architecture) && !architectureNames.includes(architecture))
    throw new UserError('E_CONFIG', `${name}.architecture: ${unknownArchitecture(architecture)}`, at(`${name}.architecture`, place));
  return { package: source, distribution: isPattern(where) ? where : distribution(where, `${name}.distribution`, place), architecture };
}

/** For the details of an error: the place of a path, when the file has it. */
export function at(path: string, place: PlaceOf): { place?: Place } {
  const found = place(path);
  return found === undefined ? {} : { place: found };
}

/** A path of the repository in its shortest form. H21 of the threat model: nothing may lead outside. */
export function insidePath(path: string, name: string, place: PlaceOf): string {
  const clean = posix.normalize(path).replace(/(?<=.)\/$/, '');
  if (posix.isAbsolute(path) || clean === '..' || clean.startsWith('../') || path.includes('\\')) {
    throw new UserError(
      'E_PATH',
      `${name} is ${JSON.stringify(inertLine(path))}, but must be a path inside the repository, with / between folders`,
      at(name, place),
    );
  }
  return clean;
}

/** The name of a known distribution, else E_CONFIG. */
export function distribution(text: string, name: string, place: PlaceOf): string {
  try {
    return parseDistribution(text).name;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError('E_CONFIG', `${name}: ${inertLine(error.message)}`, { ...at(name, place), cause: error });
  }
}

/** The values, when each is there once; else E_CONFIG. `name` is the list in the file. */
export function distinct(values: readonly string[], name: string, place: PlaceOf): readonly string[] {
  const twice = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (twice === -1) return values;
  throw new UserError('E_CONFIG', `${name} lists ${values[twice]} twice`, at(`${name}[${twice}]`, place));
}
