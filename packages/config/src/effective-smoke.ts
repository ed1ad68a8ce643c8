import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { architectureNames, unknownArchitecture } from './architecture.ts';
import type { Config } from './config.ts';
import { healthCheck } from './effective-health.ts';
import { at, distinct, distribution, insidePath } from './effective-plan.ts';
import { parsePreviousRelease } from './previous-release.ts';
import type { RawFigures, RawService, RawSmoke } from './raw-smoke.ts';
import type { FigureLimits, FileCheck, PreviousRelease, ServiceCheck, SmokeConfig } from './smoke-config.ts';

type PlaceOf = Config['place'];

/** The section `smoke` with every default filled in. Throws E_CONFIG or E_PATH with the place. */
export function smokeConfig(raw: RawSmoke, place: PlaceOf): SmokeConfig {
  return {
    targets: targetList(raw.targets ?? [], place),
    unreachable: raw.unreachable ?? 'fail',
    services: (raw.services ?? []).map((service, index) => serviceCheck(service, `smoke.services[${index}]`, place)),
    checks: (raw.checks ?? []).map((check, index) => healthCheck(check, `smoke.checks[${index}]`, place)),
    commands: raw.commands ?? [],
    files: (raw.files ?? []).map(fileCheck),
    ports: raw.ports && distinct(raw.ports, 'smoke.ports', place),
    allow: { changes: raw.allow?.changes ?? [], leftovers: raw.allow?.leftovers ?? [], modes: raw.allow?.modes ?? [] },
    recommends: raw.recommends ?? true,
    beside: (raw.beside ?? []).map((entry) => (typeof entry === 'string' ? [entry] : entry)),
    preseed: raw.preseed && insidePath(raw.preseed, 'smoke.preseed', place),
    previous: previousRelease(raw.previous ?? 'none', place),
    figures: figureLimits(raw.figures ?? {}),
    autopkgtest: raw.autopkgtest ?? true,
    piuparts: raw.piuparts ?? false,
  };
}

/** Distributions by their number, with the architecture when one is named. */
function targetList(targets: readonly string[], place: PlaceOf): readonly string[] {
  const names = targets.map((target, index) => {
    const name = `smoke.targets[${index}]`;
    const [where = '', ...rest] = target.split('/');
    const found = distribution(where, name, place);
    if (rest.length === 0) return found;
    const architecture = rest.join('/');
    if (!architectureNames.includes(architecture))
      throw new UserError('E_CONFIG', `${name}: ${unknownArchitecture(inertLine(architecture))}`, at(name, place));
    return `${found}/${architecture}`;
  });
  return distinct(names, 'smoke.targets', place);
}

function serviceCheck({ unit, state, healthy }: RawService, name: string, place: PlaceOf): ServiceCheck {
  return { unit, state: state ?? 'active', healthy: checksOf(healthy, `${name}.healthy`, place) };
}

function checksOf(healthy: RawService['healthy'], name: string, place: PlaceOf): ServiceCheck['healthy'] {
  if (healthy === undefined) return [];
  if (isList(healthy)) return healthy.map((check, index) => healthCheck(check, `${name}[${index}]`, place));
  return [healthCheck(healthy, name, place)];
}

/** Array.isArray does not know of lists that are read only. */
const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);

function fileCheck(check: { path: string; mode?: string; owner?: string; group?: string }): FileCheck {
  return { path: check.path, mode: check.mode, owner: check.owner, group: check.group };
}

/** H21 of the threat model: a folder that the file names is inside the repository. */
function previousRelease(text: string, place: PlaceOf): PreviousRelease | undefined {
  const name = 'smoke.previous';
  const previous = parsePreviousRelease(text);
  if (previous === undefined)
    throw new UserError('E_CONFIG', `${name} is ${JSON.stringify(inertLine(text))}, which names no release`, at(name, place));
  if (previous === 'none') return undefined;
  if (previous.from !== 'folder') return previous;
  return { from: 'folder', path: `./${insidePath(previous.path, name, place)}` };
}

function figureLimits(raw: RawFigures): FigureLimits {
  const share = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number.parseInt(text, 10) / 100);
  return {
    install: share(raw.install),
    active: share(raw.active),
    healthy: share(raw.healthy),
    memory: share(raw.memory),
    processor: share(raw.processor),
    disk: share(raw.disk),
    exceeded: raw.exceeded ?? 'warn',
  };
}
