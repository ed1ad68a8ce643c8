import { readDuration } from '@release-kit/action';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import type { Config } from './config.ts';
import { at } from './effective-plan.ts';
import { type HealthCheck, type HealthQuestion, readExpression } from './health-check.ts';
import { checkKinds } from './health-schema.ts';
import type { RawCheck } from './raw-smoke.ts';

type PlaceOf = Config['place'];
type Kind = HealthQuestion['kind'];
/** Milliseconds. */
interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly words: string;
}
const ofWithin: Bounds = { least: 1, most: 3_600_000, words: 'at most 1h' };
const ofEvery: Bounds = { least: 50, most: 60_000, words: 'from 50ms to 1m' };

/** One check of the file with its defaults. `name` is where it stands. Throws E_CONFIG with the place. */
export function healthCheck(raw: RawCheck, name: string, place: PlaceOf): HealthCheck {
  const kind = kindOf(raw, name, place);
  return {
    ...question(kind, raw, name, place),
    within: lengthOf(raw.within ?? '30s', `${name}.within`, ofWithin, place),
    every: lengthOf(raw.every ?? '200ms', `${name}.every`, ofEvery, place),
  };
}

const isKind = (key: string): key is Kind => key in checkKinds;
const kinds = Object.keys(checkKinds).filter(isKind);

/** The key that says what is checked. `unit` says it only where no log does, which has one of its own. */
function kindOf(raw: RawCheck, name: string, place: PlaceOf): Kind {
  const keys = Object.keys(raw);
  const named = kinds.filter((kind) => keys.includes(kind) && !(kind === 'unit' && keys.includes('log')));
  const [kind, other] = named;
  if (kind === undefined) throw failure(name, `${name} says nothing to check; name one of ${kinds.join(', ')}`, place);
  if (other !== undefined)
    throw failure(`${name}.${other}`, `${name} checks ${named.join(' and ')}; write a check for each of them`, place);
  const foreign = keys.find((key) => key !== kind && key !== 'within' && key !== 'every' && !checkKinds[kind].some((own) => own === key));
  if (foreign === undefined) return kind;
  const owner = kinds.find((each) => checkKinds[each].some((own) => own === foreign));
  throw failure(`${name}.${foreign}`, `${name}.${foreign} does not go with ${kind}, but with ${owner ?? 'another check'}`, place);
}

function question(kind: Kind, raw: RawCheck, name: string, place: PlaceOf): HealthQuestion {
  const text = (key: Kind): string => raw[key] ?? '';
  const expression = (key: 'body' | 'output' | 'log'): string | undefined => checkedExpression(raw[key], `${name}.${key}`, place);
  switch (kind) {
    case 'http':
      return {
        ...{ kind, url: text(kind), body: expression('body'), headers: headersOf(raw, name, place) },
        ...{ status: typeof raw.status === 'number' ? [raw.status] : raw.status, tls: tlsOf(raw, name, place) },
      };
    case 'tcp':
      return { kind, address: portOf(text(kind), name, place) };
    case 'unix':
      return { kind, path: text(kind) };
    case 'command':
      return { kind, command: text(kind), exit: raw.exit ?? 0, output: expression('output'), user: raw.user };
    case 'unit':
      return { kind, unit: text(kind), state: raw.state ?? 'active' };
    case 'file':
      return { kind, path: text(kind) };
    case 'log':
      return { kind, line: expression('log') ?? '', unit: raw.unit };
  }
}

function tlsOf({ http, tls }: RawCheck, name: string, place: PlaceOf): 'any' | { ca: string | undefined; name: string | undefined } {
  if (tls !== undefined && http?.startsWith('https:') !== true)
    throw failure(`${name}.tls`, `${name}.tls does not go with an http:// address`, place);
  return tls === 'any' ? tls : { ca: tls?.ca, name: tls?.name };
}

function headersOf({ headers }: RawCheck, name: string, place: PlaceOf): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [header, text] of Object.entries(headers ?? {})) {
    const at = /^[A-Za-z_][\w-]*$/.test(header) ? `${name}.headers.${header}` : `${name}.headers[${JSON.stringify(header)}]`;
    if (found.has(header.toLowerCase())) throw failure(at, `${name}.headers names ${inertLine(header)} twice`, place);
    found.set(header.toLowerCase(), checkedExpression(text, at, place));
  }
  return Object.fromEntries(found);
}

function portOf(address: string, name: string, place: PlaceOf): string {
  if (Number(address.slice(address.lastIndexOf(':') + 1)) <= 65_535) return address;
  throw failure(`${name}.tcp`, `${name}.tcp is ${JSON.stringify(address)}, but a port is 65535 at most`, place);
}

function checkedExpression(text: string, name: string, place: PlaceOf): string;
function checkedExpression(text: string | undefined, name: string, place: PlaceOf): string | undefined;
function checkedExpression(text: string | undefined, name: string, place: PlaceOf): string | undefined {
  if (text === undefined) return undefined;
  try {
    readExpression(text);
    return text;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split(': ').at(-1) : String(cause);
    throw failure(name, `${name} is no regular expression: ${inertLine(why ?? '')}`, place, cause);
  }
}

function lengthOf(text: string, name: string, { least, most, words }: Bounds, place: PlaceOf): number {
  const value = milliseconds(text);
  if (value >= least && value <= most) return value;
  throw failure(name, `${name} is ${JSON.stringify(text)}, but must be ${words}`, place);
}

/** Infinite when it is more than a day. */
function milliseconds(text: string): number {
  try {
    return readDuration('length', text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return Number.POSITIVE_INFINITY;
  }
}

function failure(path: string, message: string, place: PlaceOf, cause?: unknown): UserError {
  return new UserError('E_CONFIG', message, { ...at(path, place), ...(cause === undefined ? {} : { cause }) });
}
