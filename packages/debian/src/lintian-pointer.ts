import { undoDoubleEncoding } from './double-encoding.ts';
import type { HintType, Pointer } from './lintian.ts';

/**
 * Parts what lintian prints behind a tag. The pointer is the last group in brackets, which must end the text; the brackets inside of it are
 * paired in all sane paths. A name that ends with a colon and a number cannot be told from a name with a line.
 */
export function splitPointer(text: string, type: HintType): { readonly note: string; readonly pointer?: Pointer } {
  const begin = text.endsWith(']') ? beginOfLastGroup(text) : -1;
  if (begin === -1 || (begin > 0 && text[begin - 1] !== ' ')) return { note: undoDoubleEncoding(text.trimEnd()) };
  const inside = text.slice(begin + 1, -1);
  const numbered = /:([1-9][0-9]{0,8})$/.exec(inside);
  const path = numbered === null ? inside : inside.slice(0, numbered.index);
  if (path === '') return { note: undoDoubleEncoding(text) };
  return {
    note: undoDoubleEncoding(text.slice(0, begin).trimEnd()),
    pointer: {
      path: undoDoubleEncoding(path),
      index: indexOf(path, type),
      line: numbered === null ? undefined : Number(numbered[1]),
    },
  };
}

// deb-control(5) and its kin; everything else in a binary package is installed, and a path of a source is one of its tree.
const controlFile = /^(?:preinst|postinst|prerm|postrm|config|control|md5sums|conffiles|shlibs|symbols|templates|triggers)$/;

/** Text does not say what a path is relative to, but there is little to choose from. */
function indexOf(path: string, type: HintType): Pointer['index'] {
  switch (type) {
    case 'source':
      return 'patched';
    case 'binary':
    case 'udeb':
      return controlFile.test(path) ? 'control' : 'installed';
    case 'changes':
    case 'buildinfo':
      return undefined;
  }
}

function beginOfLastGroup(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ']') depth++;
    else if (text[at] === '[') depth--;
    if (depth === 0) return at;
  }
  return -1;
}
