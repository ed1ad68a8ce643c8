import type { ElfFile, PackageEntry } from '@release-kit/debian';
import type { PackageContent } from './package-content.ts';

/** One thing in which two builds of a package differ that their users could notice. */
export interface Difference {
  /** Name of the binary package. */
  readonly package: string;
  readonly aspect: 'package' | 'field' | 'file' | 'mode' | 'owner' | 'link' | 'content' | 'script' | 'elf';
  /** What differs: a field, a path, a path and a property. */
  readonly what: string;
  /** undefined: it is not there. */
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/** Sizes and ids of builds follow from the code, which two compilers may lay out in two ways. */
const unstableFields = new Set(['Installed-Size', 'Build-Ids']);
/** Relations name the same packages in any order. */
const relations = new Set(['Depends', 'Pre-Depends', 'Recommends', 'Suggests', 'Breaks', 'Conflicts', 'Replaces', 'Provides', 'Enhances']);

/**
 * Compares two builds of the same source for the same architecture, such as a cross build and an emulated one: packages, fields,
 * files, modes, owners, links, maintainer scripts, the content of every file that holds no machine code, and of ELF files what
 * others see of them: needed libraries, their versions, name, interpreter, symbols. Machine code itself is not compared.
 */
export function packageDifferences(left: readonly PackageContent[], right: readonly PackageContent[]): readonly Difference[] {
  const rights = new Map(right.map((content) => [nameOf(content), content]));
  const lefts = new Map(left.map((content) => [nameOf(content), content]));
  const names = [...new Set([...lefts.keys(), ...rights.keys()])].sort();
  // One of the two builds may have been asked for packages of its architecture alone, as a cross build always is.
  const both = left.some(isForAll) && right.some(isForAll);
  return names.flatMap((name) => {
    const [a, b] = [lefts.get(name), rights.get(name)];
    if (a === undefined || b === undefined)
      return !both && [a, b].some((one) => one !== undefined && isForAll(one))
        ? []
        : [{ package: name, aspect: 'package', what: name, left: a?.file, right: b?.file } satisfies Difference];
    return contentDifferences(name, a, b);
  });
}

const isForAll = ({ control }: PackageContent): boolean => control.get('Architecture') === 'all';

const nameOf = (content: PackageContent): string => content.control.get('Package') ?? content.file;

function contentDifferences(name: string, a: PackageContent, b: PackageContent): readonly Difference[] {
  const fields = differing(fieldsOf(a), fieldsOf(b)).map((each): Difference => ({ package: name, aspect: 'field', ...each }));
  // Files of debug symbols are named after the code.
  if (a.control.get('Auto-Built-Package') === 'debug-symbols') return fields;
  const scripts = differing(a.sums.control, b.sums.control).map((each): Difference => ({ package: name, aspect: 'script', ...each }));
  return [...fields, ...scripts, ...entryDifferences(name, a, b), ...fileDifferences(name, a, b)];
}

/** What has another value, or is in one map only; by name. */
function differing(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly Pick<Difference, 'what' | 'left' | 'right'>[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .sort()
    .filter((key) => a.get(key) !== b.get(key))
    .map((key) => ({ what: key, left: a.get(key), right: b.get(key) }));
}

function fieldsOf(content: PackageContent): ReadonlyMap<string, string> {
  return new Map(
    content.control.fields
      .filter(({ name }) => !unstableFields.has(name))
      .map(({ name, value }) => [name, relations.has(name) ? sortedRelations(value) : value]),
  );
}

function sortedRelations(value: string): string {
  return value
    .split(',')
    .map((relation) => relation.trim().replace(/\s+/g, ' '))
    .filter((relation) => relation !== '')
    .sort()
    .join(', ');
}

function entryDifferences(name: string, a: PackageContent, b: PackageContent): readonly Difference[] {
  const rights = new Map(b.entries.map((entry) => [entry.path, entry]));
  const lefts = new Map(a.entries.map((entry) => [entry.path, entry]));
  return [...new Set([...lefts.keys(), ...rights.keys()])].sort().flatMap((path): readonly Difference[] => {
    const [x, y] = [lefts.get(path), rights.get(path)];
    const base = { package: name, what: `/${path}` };
    if (x === undefined || y === undefined || kindOf(x) !== kindOf(y))
      return [{ ...base, aspect: 'file', left: x === undefined ? undefined : kindOf(x), right: y === undefined ? undefined : kindOf(y) }];
    const pairs = [
      ['mode', x.mode.slice(1), y.mode.slice(1)],
      ['owner', `${x.user}:${x.group}`, `${y.user}:${y.group}`],
      ['link', x.kind === 'link' ? x.target : undefined, y.kind === 'link' ? y.target : undefined],
    ] as const;
    return pairs.filter(([, l, r]) => l !== r).map(([aspect, l, r]) => ({ ...base, aspect, left: l, right: r }));
  });
}

/** tar calls the second name of a file a hard link; which one is second says nothing. */
const kindOf = ({ kind }: PackageEntry): string => (kind === 'hard-link' ? 'file' : kind);

function fileDifferences(name: string, a: PackageContent, b: PackageContent): readonly Difference[] {
  return [...a.sums.files.keys()]
    .filter((path) => b.sums.files.has(path) && a.sums.files.get(path) !== b.sums.files.get(path))
    .sort()
    .flatMap((path): readonly Difference[] => {
      const [x, y] = [a.elf.get(path), b.elf.get(path)];
      if (x !== undefined && y !== undefined)
        return differing(factsOf(x), factsOf(y)).map((each) => ({ package: name, aspect: 'elf', ...each, what: `/${path}: ${each.what}` }));
      if (x === undefined && y === undefined && holdsCode(path)) return [];
      const text = (elf: ElfFile | undefined, sum: string | undefined): string =>
        elf === undefined ? `${sum?.slice(0, 12)}…` : 'an ELF file';
      return [
        {
          package: name,
          aspect: 'content',
          what: `/${path}`,
          left: text(x, a.sums.files.get(path)),
          right: text(y, b.sums.files.get(path)),
        },
      ];
    });
}

/** Archives of object files, and caches of compiled code. */
const holdsCode = (path: string): boolean => /\.(?:a|ko|ko\.xz|rlib)$/.test(path);

function factsOf(elf: ElfFile): ReadonlyMap<string, string> {
  const facts: [string, string | undefined][] = [
    ['machine', `${elf.machine}, ${elf.bits} bits, ${elf.endian} endian`],
    ['type', elf.type],
    ['interpreter', elf.interpreter],
    ['soname', elf.soname],
    ['runpath', elf.runpath],
    ['needed libraries', [...elf.needed].sort().join(' ')],
    ['needed versions', elf.versions.join(', ')],
  ];
  const symbols = elf.defines.map((symbol): [string, string] => [`symbol ${symbol}`, 'there']);
  return new Map([...facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== ''), ...symbols]);
}
