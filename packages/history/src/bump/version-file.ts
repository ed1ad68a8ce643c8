import type { Located, LocateRequest } from './located.ts';

/** A file that holds nothing but a version, maybe with a `v` before it. */
export function locateInVersionFile(text: string, { fail }: LocateRequest): Located {
  const start = /^[\ufeff\s]*/.exec(text)?.[0].length ?? 0;
  const version = text.slice(start).trimEnd();
  if (version === '') return { own: [] };
  if (/\s/.test(version)) fail(start, 'the file must hold nothing but a version');
  return { own: [{ start, end: start + version.length, what: 'the version' }] };
}
