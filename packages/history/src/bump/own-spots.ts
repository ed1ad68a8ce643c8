import { inertLine } from '@release-kit/action/inert';
import type { FollowingSpot, Located, LocateRequest, VersionSpot } from './located.ts';
import type { VersionForm } from './version-form.ts';

/** Characters; nobody's version is longer. */
export const maxVersion = 100;

type Request = Pick<LocateRequest, 'from' | 'to' | 'fail'>;

interface OwnSpots {
  readonly spots: readonly FollowingSpot[];
  /** What was shortened. */
  readonly remark?: string;
}

/**
 * What is to be written over the own versions, without a leading `v`. Ends with E_BUMP when they are not all the same, or
 * not the expected one (the new one is fine as well) or, where none is expected, above the new one, or when the format has no form of the new one.
 */
export function ownSpots(text: string, { own, parts: three }: Located, form: VersionForm, request: Request): OwnSpots {
  const parts = three ?? [];
  const [first] = [...own, ...parts];
  if (first === undefined) return { spots: [] };
  checkOwn(text, own, form, request);
  checkParts(text, parts, form, request);
  const written = form.write(request.to);
  if ('problem' in written) return request.fail(first.start, written.problem);
  const numbers = written.text.split('.');
  if (parts.length > 0 && !/^\d+\.\d+\.\d+$/.test(written.text))
    request.fail(first.start, `the version stands in three numbers, which cannot hold ${written.text}`);
  const spots = [
    ...own.map((spot) => ({ ...spot, start: spot.start + (text[spot.start] === 'v' ? 1 : 0), text: written.text })),
    ...parts.map((spot, index) => ({ ...spot, text: numbers[index] ?? '0' })),
  ];
  return 'remark' in written ? { spots, remark: written.remark } : { spots };
}

function checkOwn(text: string, own: readonly VersionSpot[], form: VersionForm, request: Request): void {
  let first: string | undefined;
  for (const spot of own) {
    const found = text.slice(spot.start, spot.end);
    const normal = check(spot, found, spot.what, form, request);
    first ??= normal;
    if (request.from === undefined && normal !== first)
      request.fail(
        spot.start,
        `${spot.what} is ${shown(found)}, but another version stands before it: ${shown(first)}`,
        'Make them the same.',
      );
  }
}

function checkParts(text: string, parts: readonly VersionSpot[], form: VersionForm, request: Request): void {
  const [first] = parts;
  if (first === undefined) return;
  for (const [index, { start, end, what }] of parts.entries()) {
    const found = text.slice(start, end);
    if (!/^\d+$/.test(found)) request.fail(start, `${what} is no number: ${shown(found)}`);
    if (parts.findIndex((part) => part.start === start) !== index) request.fail(start, `${what} stands for two numbers of the version`);
  }
  const joined = parts.map(({ start, end }) => text.slice(start, end)).join('.');
  check(first, joined, 'the version in three numbers', form, request);
}

/** In normal form. */
function check({ start }: VersionSpot, found: string, what: string, form: VersionForm, { from, to, fail }: Request): string {
  if (found.length > maxVersion || !/^v?\d[0-9A-Za-z.+~_-]*$/.test(found))
    fail(start, `${what} is no version that can be changed: ${shown(found)}`);
  const normal = form.normal(found);
  if (from !== undefined && ![...spellings(from, form), ...spellings(to, form)].map(form.normal).includes(normal))
    fail(start, `${what} is ${shown(found)}, but ${from} is expected`, 'Correct the file, leave it out, or say which version it has now.');
  if (from === undefined && isAbove(normal, to))
    fail(start, `${what} is ${shown(found)}, which is above ${to}, the first release as far as tags tell`, firstRelease);
  return normal;
}

const firstRelease =
  'Correct the file, or name the next version (version, or changelog.first-version); where release tags are not v*, say what they look like (tags).';

/** By their numbers, which files of every kind have in common. */
function isAbove(found: string, to: string): boolean {
  const [a, b] = [found, to].map((version) => (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number));
  for (let at = 0; at < Math.max(a?.length ?? 0, b?.length ?? 0); at += 1) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function spellings(version: string, form: VersionForm): readonly string[] {
  const written = form.write(version);
  return 'problem' in written ? [version] : [version, written.text];
}

const shown = (text: string): string => JSON.stringify(inertLine(text.slice(0, maxVersion)));
