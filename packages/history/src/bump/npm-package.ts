import { type JsonValue, jsonValues } from './json-values.ts';
import type { FollowingSpot, Located, LocateRequest, VersionSpot } from './located.ts';
import { follow } from './requirement.ts';

const dependencyFields: ReadonlySet<string> = new Set(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']);

/** The package's version, and what it asks of the packages named. */
export function locateInPackageJson(text: string, request: LocateRequest): Located {
  checkJson(text, request);
  const values = [...jsonValues(text, 2)];
  const isPrivate = values.some(({ path, start, end }) => path.join('\n') === 'private' && text.slice(start, end) === 'true');
  const own = values
    .filter(({ path }) => path.length === 1 && path[0] === 'version')
    .map((value) => versionSpot(value, 'version', request));
  const { following, remarks } = requirements(values, request);
  const versionless = own.length === 0 && isPrivate ? ['the package is private and has no version'] : [];
  return { own, following, remarks: [...versionless, ...remarks] };
}

/** Ends with E_BUMP when the text is no JSON object. */
export function checkJson(text: string, { fail }: Pick<LocateRequest, 'fail'>): void {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(mark));
  } catch (error) {
    // V8 tells the place in words only, and not always.
    const offset = /at position (\d+)/.exec(String(error))?.[1];
    fail(mark + Number(offset ?? 0), 'the file is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(0, 'the file is not a JSON object');
}

/** Between the quotes. */
export function versionSpot({ start, end, string }: JsonValue, what: string, { fail }: LocateRequest): VersionSpot {
  if (string === undefined) return fail(start, `${what} is not a string`);
  return { start: start + 1, end: end - 1, what };
}

/** What dependency fields (the last key but one) ask of the packages named. */
export function requirements(
  values: Iterable<JsonValue>,
  { names, to }: LocateRequest,
): { readonly following: readonly FollowingSpot[]; readonly remarks: readonly string[] } {
  const following: FollowingSpot[] = [];
  const remarks: string[] = [];
  for (const { path, start, string } of values) {
    const name = path.at(-1);
    const field = path.at(-2);
    if (name === undefined || field === undefined || !names.has(name) || string === undefined || string.raw !== string.text) continue;
    if (!dependencyFields.has(field) && field !== 'requires') continue;
    const followed = follow(string.text, to, '');
    const what = `${field}.${name}`;
    if (followed.outcome === 'unclear') remarks.push(`${what} asks for a range that does not admit ${to}; it is left as it is`);
    if (followed.outcome === 'changes')
      following.push({ start: start + 1 + followed.start, end: start + 1 + followed.end, what, text: followed.text });
  }
  return { following, remarks };
}
