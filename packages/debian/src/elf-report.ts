/** What a dynamic linker wants to know of an ELF file, and what other programs may link to. */
export interface ElfFile {
  readonly bits: 32 | 64;
  readonly endian: 'little' | 'big';
  /** In the words of readelf: `AArch64`. */
  readonly machine: string;
  readonly type: 'executable' | 'shared' | 'relocatable' | 'other';
  readonly interpreter: string | undefined;
  readonly soname: string | undefined;
  /** DT_NEEDED, in their order. */
  readonly needed: readonly string[];
  /** DT_RUNPATH or DT_RPATH, as written. */
  readonly runpath: string | undefined;
  /** Symbol versions wanted of needed libraries, sorted: `libc.so.6 GLIBC_2.34`. Weak ones are left out: a library may lack them. */
  readonly versions: readonly string[];
  /** Dynamic symbols that others can use, sorted: `name` or `name@@VERSION`; empty unless readelf was asked for them. */
  readonly defines: readonly string[];
}

const types: readonly (readonly [RegExp, ElfFile['type']])[] = [
  [/^EXEC\b|^DYN \(Position-Independent Executable/, 'executable'],
  [/^DYN\b/, 'shared'],
  [/^REL\b/, 'relocatable'],
];

/**
 * Reads what `readelf -W -h -l -d -V --dyn-syms` of binutils 2.35 or newer says of one file. undefined when it says nothing of an
 * ELF file, as for text or a damaged header.
 */
export function parseElfReport(text: string): ElfFile | undefined {
  const header = (name: string): string | undefined => new RegExp(`^  ${name}: +(.*)$`, 'm').exec(text)?.[1]?.trim();
  const bits = header('Class') === 'ELF64' ? 64 : header('Class') === 'ELF32' ? 32 : undefined;
  const data = header('Data') ?? '';
  const endian = data.endsWith('little endian') ? 'little' : data.endsWith('big endian') ? 'big' : undefined;
  const machine = header('Machine');
  const typeText = header('Type') ?? '';
  if (bits === undefined || endian === undefined || machine === undefined) return undefined;
  const interpreter = /^ *\[Requesting program interpreter: (.*)\]$/m.exec(text)?.[1];
  const named = types.find(([pattern]) => pattern.test(typeText))?.[1] ?? 'other';
  return {
    bits,
    endian,
    machine,
    // Older binutils call every DYN file a shared object; one with an interpreter and no name of its own is a program.
    type: named === 'shared' && interpreter !== undefined && dynamic(text, 'SONAME').length === 0 ? 'executable' : named,
    interpreter,
    soname: dynamic(text, 'SONAME')[0],
    needed: dynamic(text, 'NEEDED'),
    runpath: dynamic(text, 'RUNPATH')[0] ?? dynamic(text, 'RPATH')[0],
    versions: neededVersions(text),
    defines: definedSymbols(text),
  };
}

/** ` 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]` */
function dynamic(text: string, tag: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^ 0x[0-9a-f]+ \\(${tag}\\) +[A-Za-z ]+: \\[(.*)\\]$`, 'gm'))].map((match) => match[1] ?? '');
}

/** The section names a file once, then the versions wanted of it. */
function neededVersions(text: string): readonly string[] {
  const start = text.search(/^Version needs section/m);
  if (start === -1) return [];
  const found = new Set<string>();
  let library = '';
  for (const line of text.slice(start).split('\n').slice(1)) {
    if (/^\S/.test(line)) break;
    library = /^ +(?:0x)?[0-9a-f]+: Version: \d+ {2}File: (.*) {2}Cnt: \d+$/.exec(line)?.[1] ?? library;
    const [, name, flags] = /^ +0x[0-9a-f]+: +Name: (.*) {2}Flags: (.*) {2}Version: \d+$/.exec(line) ?? [];
    if (name !== undefined && !/WEAK/.test(flags ?? '')) found.add(`${library} ${name}`);
  }
  return [...found].sort();
}

/** `     6: 0000000000001129    11 FUNC    GLOBAL DEFAULT   12 shared_thing` */
function definedSymbols(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(
    /^ *\d+: [0-9a-f]+ +(?:0x)?[0-9a-f]+ (?!SECTION|FILE)\S+ +(?:GLOBAL|WEAK|UNIQUE) +(?:DEFAULT|PROTECTED)(?: +\[[^\]]*\])? +(?!UND)\S+ (\S+)/gm,
  ))
    if (match[1] !== undefined) found.add(match[1]);
  return [...found].sort();
}
