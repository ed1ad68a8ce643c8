import { cutText, inertLine } from '@release-kit/action';
import type { Hint } from '@release-kit/debian';
import type { PastFinding } from './lint-result.ts';

/** Former name -> name of today, as the lintian that ran says it. */
export type RenamedTags = ReadonlyMap<string, string>;

/** Characters of a context; longer ones are cut, on both sides alike. */
const longest = 400;

/** What a finding is known by from run to run: package, type, tag, and what lintian says without all that moves by itself. */
export function pastOf(hint: Pick<Hint, 'package' | 'type' | 'tag' | 'note' | 'pointer'>, renamed: RenamedTags = new Map()): PastFinding {
  return {
    package:
      inertLine(hint.package.slice(0, longest))
        .replace(/[\s:#]/g, '_')
        .slice(0, 300) || '_',
    type: hint.type,
    tag: currentName(hint.tag, renamed)
      .slice(0, 200)
      .replace(/[^\w+./-]|^[^A-Za-z0-9]/g, 'x'),
    context: contextOf(hint),
  };
}

/** Two findings with the same key are copies of each other. */
export function keyOf(past: PastFinding): string {
  return JSON.stringify([past.package, past.type, past.tag, past.context]);
}

/** Tags are renamed in chains, in which a circle must not hold us. */
export function currentName(tag: string, renamed: RenamedTags): string {
  const seen = new Set<string>();
  let name = tag;
  for (let next = renamed.get(name); next !== undefined && !seen.has(next); next = renamed.get(name)) {
    seen.add(next);
    name = next;
  }
  return name;
}

/** Before 2.115, lintian wrote a path as plain text at the start of the note; since then it stands behind, in brackets. */
function contextOf({ note, pointer }: Pick<Hint, 'note' | 'pointer'>): string {
  const [, path = '', rest = ''] = (pointer === undefined ? /^([^\s"'()[\]/]+\/\S*)\s*(.*)$/s.exec(note) : null) ?? [];
  if (path !== '') return stableText(`${rest} [${stablePath(path)}]`);
  return stableText(pointer === undefined ? note : `${note} [${stablePath(pointer.path)}]`);
}

/** One line without what moves by itself. Doing it twice is the same as doing it once. */
export function stableText(text: string): string {
  const words = inertLine(text.replace(/\s+/g, ' ').trim())
    .split(' ')
    .map((word) => word.replace(packageFile, '$1_<version>.$2'))
    .map((word) => (word.includes('/') ? stablePath(word) : stableNumbers(word)));
  return cutText(words.join(' '), longest);
}

/** `hello_1.0-1_amd64.deb`: which of a package's files it is, its name and ending say. */
const packageFile = /(?<![\w.+-])([a-z0-9][a-z0-9.+-]+)_\d[\w.+~-]*?\.(u?deb|ddeb|dsc|changes|buildinfo|(?:orig|debian)\.tar\.\w+)(?!\w)/g;

/** Where packages are built; what lies there is called otherwise on every machine. */
const buildFolder = /^([^\w/]*)\/(?:build|tmp|var\/tmp|home|root|srv|__w|github)\/(?:[^\s/"'`:;,)\]]+\/)*/;
const triplet =
  /\b(?:x86_64|i[3-6]86|aarch64|arm|alpha|hppa|ia64|loongarch64|m68k|mips\w*|powerpc\w*|riscv64|s390x|sh4|sparc64)-(?:linux|kfreebsd|gnu)(?:-gnu\w*)?/g;

/** In paths single numbers are names: man1, file2; versions, architectures and hashes are not. Lines behind a path move. */
function stablePath(path: string): string {
  return path
    .replace(buildFolder, '$1<build>/')
    .replace(triplet, '<triplet>')
    .replace(/(^|\/)\.build-id\/[0-9a-f]{2}\/[0-9a-f]+/g, '$1.build-id/<hash>')
    .replace(hash, '<hash>')
    .replace(/(?<![0-9])\d+(?:\.\d+)+(?:[+~][A-Za-z0-9.+~]*)?/g, '<version>')
    .replace(/(?<=cpython-)\d+/g, '<n>')
    .replace(/(?::\d+)+(?=[^\w/]*$)/, ':<n>');
}

/** At least eight hexadecimal digits, of both kinds. */
const hash = /(?<![A-Za-z0-9])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}(?![A-Za-z0-9])/g;

/** Line numbers, versions, sizes, dates, modes: a number that begins a word, with what hangs on to it. */
function stableNumbers(word: string): string {
  return word
    .replace(triplet, '<triplet>')
    .replace(hash, '<hash>')
    .replace(/(?<=[A-Za-z]-)\d+(?:\.\d+)+(?:[+~][A-Za-z0-9.+~]*)?/g, '<version>')
    .replace(/(?<![\w.<-])\d[A-Za-z0-9]*(?:[.+~][A-Za-z0-9]+|[:-]\d[A-Za-z0-9]*)*/g, '<n>');
}
