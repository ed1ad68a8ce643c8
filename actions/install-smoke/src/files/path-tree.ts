import type { Entries, FileEntry } from './file-entry.ts';

/** Where a path leads; `elsewhere`: to the kernel's or a boot's own, which is not looked at. */
export type Destination =
  | { readonly kind: 'found'; readonly path: string; readonly entry: FileEntry }
  | { readonly kind: 'missing' }
  | { readonly kind: 'elsewhere' };

/** As many links as the kernel follows; path_resolution(7). */
const mostLinks = 40;
const elsewhere = /^\/(?:proc|sys|dev|run|tmp)(\/|$)/;

/**
 * Follows the links of a path in a tree that was looked at, as the kernel would; `last`: whether a link at its end is followed as
 * well. In a merged /usr, `/bin/x` is `/usr/bin/x`.
 */
export function destinationOf(entries: Entries, path: string, last: 'followed' | 'kept' = 'followed'): Destination {
  let rest = path.split('/').filter((name) => name !== '' && name !== '.');
  let at = '';
  let links = 0;
  while (rest.length > 0) {
    const [name = '', ...others] = rest;
    rest = others;
    if (name === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      continue;
    }
    const next = `${at}/${name}`;
    const entry = entries.get(next);
    if (entry?.type === 'l' && (rest.length > 0 || last === 'followed')) {
      links += 1;
      if (links > mostLinks) return { kind: 'missing' };
      if (entry.target.startsWith('/')) at = '';
      rest = [...entry.target.split('/').filter((word) => word !== '' && word !== '.'), ...rest];
      continue;
    }
    if (entry === undefined) return elsewhere.test(next) ? { kind: 'elsewhere' } : { kind: 'missing' };
    at = next;
  }
  const entry = entries.get(at === '' ? '/' : at);
  return entry === undefined ? { kind: 'missing' } : { kind: 'found', path: at === '' ? '/' : at, entry };
}
