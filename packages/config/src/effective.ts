import { posix } from 'node:path';
import { readDuration } from '@release-kit/action';
import { type Place, UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { parseDistribution } from '@release-kit/debian';
import type { Config, FileCheck, ServiceCheck } from './config.ts';

/** What the schema let through, before defaults. */
export interface RawConfig {
  readonly packages?: readonly { readonly path: string }[];
  readonly architectures?: readonly string[];
  readonly distributions?: readonly string[];
  readonly build?: { readonly strategy?: Config['build']['strategy'] };
  readonly runners?: Readonly<Record<string, string | readonly string[]>>;
  readonly lint?: { readonly 'fail-on'?: Config['lint']['failOn'] };
  readonly smoke?: {
    readonly services?: readonly { readonly unit: string; readonly healthy?: { readonly http: string; readonly within?: string } }[];
    readonly commands?: readonly string[];
    readonly files?: readonly { readonly path: string; readonly mode?: string; readonly owner?: string; readonly group?: string }[];
  };
  readonly release?: { readonly draft?: boolean; readonly channels?: Readonly<Record<string, string>> };
}

/** Fills in every default and checks what a schema cannot say. Throws E_CONFIG or E_PATH with the place. */
export function effectiveConfig(raw: RawConfig, place: Config['place']): Config {
  return {
    packages: distinct(
      (raw.packages ?? [{ path: '.' }]).map(({ path }, index) => insidePath(path, `packages[${index}].path`, place)),
      'packages',
      place,
    ).map((path) => ({ path })),
    architectures: raw.architectures ?? ['amd64'],
    distributions: distinct(
      (raw.distributions ?? ['debian:12']).map((name, index) => distribution(name, `distributions[${index}]`, place)),
      'distributions',
      place,
    ),
    build: { strategy: raw.build?.strategy ?? 'auto' },
    runners: Object.fromEntries(
      Object.entries(raw.runners ?? {}).map(([architecture, labels]) => [architecture, typeof labels === 'string' ? [labels] : labels]),
    ),
    lint: { failOn: raw.lint?.['fail-on'] ?? 'error' },
    smoke: {
      services: (raw.smoke?.services ?? []).map(serviceCheck),
      commands: raw.smoke?.commands ?? [],
      files: (raw.smoke?.files ?? []).map(fileCheck),
    },
    release: { draft: raw.release?.draft ?? true, channels: { ...raw.release?.channels } },
    place,
  };
}

function at(path: string, place: Config['place']): { place?: Place } {
  const found = place(path);
  return found === undefined ? {} : { place: found };
}

/** A path of the repository in its shortest form. H21 of the threat model: nothing may lead outside. */
function insidePath(path: string, name: string, place: Config['place']): string {
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

function distribution(text: string, name: string, place: Config['place']): string {
  try {
    return parseDistribution(text).name;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError('E_CONFIG', `${name}: ${inertLine(error.message)}`, { ...at(name, place), cause: error });
  }
}

function distinct(values: readonly string[], name: string, place: Config['place']): readonly string[] {
  const twice = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (twice === -1) return values;
  throw new UserError('E_CONFIG', `${name} lists ${values[twice]} twice`, at(`${name}[${twice}]`, place));
}

function serviceCheck({ unit, healthy }: { unit: string; healthy?: { http: string; within?: string } }): ServiceCheck {
  return { unit, healthy: healthy && { http: healthy.http, within: readDuration('within', healthy.within ?? '30s') } };
}

function fileCheck(check: { path: string; mode?: string; owner?: string; group?: string }): FileCheck {
  return { path: check.path, mode: check.mode, owner: check.owner, group: check.group };
}
