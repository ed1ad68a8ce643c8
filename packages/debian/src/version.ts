import { UserError } from '@release-kit/action/errors';
import { shown } from './shown.ts';

/** A Debian version, taken apart: `[epoch:]upstream[-revision]`. */
export interface DebianVersion {
  /** 0 when not written. */
  readonly epoch: number;
  readonly upstream: string;
  /** undefined for native packages. */
  readonly revision: string | undefined;
}

// dpkg keeps the epoch in a C int.
const largestEpoch = 2_147_483_647;

/**
 * Takes a version apart by the rules of deb-version(7), all of them: the upstream part starts with a digit,
 * and holds no colon. Throws E_VERSION.
 */
export function parseVersion(text: string): DebianVersion {
  const problem = (what: string) => new UserError('E_VERSION', `${shown(text)} is not a Debian version: ${what}`);
  if (text === '') throw problem('it is empty');
  const colon = text.indexOf(':');
  const epochText = colon === -1 ? '0' : text.slice(0, colon);
  if (!/^[0-9]+$/.test(epochText)) throw problem('the epoch before the colon must be a number');
  const epoch = Number(epochText);
  if (epoch > largestEpoch) throw problem('the epoch is too large');
  const rest = text.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen === -1 ? rest : rest.slice(0, hyphen);
  const revision = hyphen === -1 ? undefined : rest.slice(hyphen + 1);
  if (upstream === '') throw problem('the upstream part is empty');
  if (!/^[0-9]/.test(upstream)) throw problem('the upstream part must start with a digit');
  if (!/^[A-Za-z0-9.+~-]+$/.test(upstream)) throw problem('the upstream part may hold only letters, digits and . + - ~');
  if (revision === '') throw problem('the revision after the last hyphen is empty');
  if (revision !== undefined && !/^[A-Za-z0-9.+~]+$/.test(revision)) throw problem('the revision may hold only letters, digits and . + ~');
  return { epoch, upstream, revision };
}

/** Orders two versions as dpkg does: -1 when `a` is older, 0 when they are the same to dpkg, 1 when newer. Throws E_VERSION. */
export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  const left = parseVersion(a);
  const right = parseVersion(b);
  const order =
    left.epoch - right.epoch || comparePart(left.upstream, right.upstream) || comparePart(left.revision ?? '', right.revision ?? '');
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

/** The algorithm of deb-version(7): runs of non-digits by the modified alphabet, runs of digits as numbers, in turn. */
function comparePart(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while (isNonDigit(a, i) || isNonDigit(b, j)) {
      const difference = weight(a, i) - weight(b, j);
      if (difference !== 0) return difference;
      i++;
      j++;
    }
    const left = digitsAt(a, i);
    const right = digitsAt(b, j);
    i += left.length;
    j += right.length;
    const difference = compareNumbers(left, right);
    if (difference !== 0) return difference;
  }
  return 0;
}

function isNonDigit(text: string, at: number): boolean {
  return at < text.length && !isDigit(text.charCodeAt(at));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `~` before the end, the end (and digits) before letters, letters before all else. */
function weight(text: string, at: number): number {
  if (at >= text.length) return 0;
  const code = text.charCodeAt(at);
  if (isDigit(code)) return 0;
  if (code === 126) return -1;
  return /[A-Za-z]/.test(text.charAt(at)) ? code : code + 256;
}

function digitsAt(text: string, from: number): string {
  let to = from;
  while (to < text.length && isDigit(text.charCodeAt(to))) to++;
  return text.slice(from, to);
}

/** Numbers of any length, so that no digit is lost. */
function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+/, '');
  const right = b.replace(/^0+/, '');
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
