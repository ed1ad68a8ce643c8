import { compareVersions, type ElfFile, type PackageEntry } from '@release-kit/debian';
import type { PackageContent } from './package-content.ts';
import type { TargetSystem } from './target-system.ts';

/** What a package would do wrong where it is installed. */
export interface Finding {
  readonly guard: 'owner' | 'depends' | 'libc' | 'machine' | 'compressor' | 'version';
  /** `error`: the package cannot be right. `warning`: it may be meant so. */
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly cure: string;
}

export interface GuardedBuild {
  /** Debian's name of what the packages are for. */
  readonly architecture: string;
  /** Whether another architecture's machine built them: then what is missing was lost, not left out. */
  readonly cross: boolean;
  /** Of the source, as it was to be built. */
  readonly version: string;
  /** Whether a tag or a snapshot named the version, not debian/changelog alone. */
  readonly versionNamed: boolean;
  readonly target: TargetSystem;
}

/** Looks for what builds well and then fails elsewhere. Findings are in the order of packages and paths. */
export function guardFindings(contents: readonly PackageContent[], build: GuardedBuild): readonly Finding[] {
  return contents.flatMap((content) => [
    ...ownerFinding(content),
    ...compressorFinding(content, build.target),
    ...versionFinding(content, build),
    ...(isDebug(content)
      ? []
      : [...machineFinding(content, build), ...dependsFinding(content, contents.map(name), build), ...libcFinding(content, build.target)]),
  ]);
}

const name = (content: PackageContent): string => content.control.get('Package') ?? content.file;
const isDebug = (content: PackageContent): boolean => content.control.get('Auto-Built-Package') === 'debug-symbols';

/** Up to three, then how many more. */
function listed(items: readonly string[]): string {
  const more = items.length > 3 ? ` and ${items.length - 3} more` : '';
  return `${items.slice(0, 3).join(', ')}${more}`;
}

/** Policy 9.2.2: below 100 and from 60000 to 64999 numbers mean the same on every Debian system. */
function meaningOf(id: number): 'everywhere' | 'here' | 'nobody knows' {
  if (id < 100 || (id >= 60_000 && id < 65_000)) return 'everywhere';
  return id < 1000 ? 'here' : 'nobody knows';
}

/** From 1000 on are people and build users. Below, each system gives a number to another user: such files are wrong as well, but often meant. */
function ownerFinding(content: PackageContent): readonly Finding[] {
  const ofMeaning = (meaning: string) =>
    content.entries.filter(({ user, group }) => meaningOf(user) === meaning || meaningOf(group) === meaning);
  const cure =
    'Let debhelper build the package, or give dpkg-deb --root-owner-group; a user of the package is given files in debian/postinst.';
  const finding = (level: Finding['level'], entries: readonly PackageEntry[], whose: string): readonly Finding[] => {
    const [first] = entries;
    if (first === undefined) return [];
    const paths = listed(entries.map(({ path }) => `/${path}`));
    return [
      {
        guard: 'owner',
        level,
        message: `${content.file}: ${paths} would belong to user ${first.user}, group ${first.group} ${whose}`,
        cure,
      },
    ];
  };
  return [
    ...finding('error', ofMeaning('nobody knows'), 'of the build machine'),
    ...finding('warning', ofMeaning('here'), '(each system gives such a number to a user of its own)'),
  ];
}

function compressorFinding(content: PackageContent, target: TargetSystem): readonly Finding[] {
  if (!content.dataMember.endsWith('.zst') || target.readsZstd) return [];
  return [
    {
      guard: 'compressor',
      level: 'error',
      message: `${content.file} is compressed with Zstandard, which dpkg of ${target.name} cannot read`,
      cure: 'Add to debian/rules: override_dh_builddeb: with the line dh_builddeb -- -Zxz; or name a newer oldest-target.',
    },
  ];
}

/** A binary package may have a version of its own, and some do; when a tag names the version they have to agree. */
function versionFinding(content: PackageContent, build: GuardedBuild): readonly Finding[] {
  const version = content.control.get('Version') ?? '';
  if (!build.versionNamed || version === build.version) return [];
  return [
    {
      guard: 'version',
      level: 'error',
      message: `${name(content)} has version ${version}, but ${build.version} was to be built: debian/rules sets another one`,
      cure: 'Take the option -v of dh_gencontrol or dpkg-gencontrol out of debian/rules, or build without the input version.',
    },
  ];
}

/** In the words of readelf; the ABI in full: 32 bits of amd64 are x32, big-endian ppc64 is another architecture. */
const machines: Readonly<Record<string, Pick<ElfFile, 'machine' | 'bits' | 'endian'>>> = {
  amd64: { machine: 'Advanced Micro Devices X86-64', bits: 64, endian: 'little' },
  arm64: { machine: 'AArch64', bits: 64, endian: 'little' },
  armhf: { machine: 'ARM', bits: 32, endian: 'little' },
  i386: { machine: 'Intel 80386', bits: 32, endian: 'little' },
  ppc64el: { machine: 'PowerPC64', bits: 64, endian: 'little' },
  riscv64: { machine: 'RISC-V', bits: 64, endian: 'little' },
  s390x: { machine: 'IBM S/390', bits: 64, endian: 'big' },
};

/** Programs and libraries only: a package may hold firmware or test data of any machine. */
function machineFinding(content: PackageContent, build: GuardedBuild): readonly Finding[] {
  const own = content.control.get('Architecture') ?? '';
  const wanted = Object.hasOwn(machines, own) ? machines[own] : undefined;
  if (wanted === undefined) return [];
  const foreign = linked(content).filter(
    ([, elf]) => elf.machine !== wanted.machine || elf.bits !== wanted.bits || elf.endian !== wanted.endian,
  );
  const [first] = foreign;
  if (first === undefined) return [];
  return [
    {
      guard: 'machine',
      level: build.cross ? 'error' : 'warning',
      message: `${content.file} is of ${own}, but ${listed(foreign.map(([path]) => `/${path}`))} was built for ${first[1].machine} (${first[1].bits} bits)`,
      cure: "Let the build use the compiler that dpkg's buildtools.mk names in CC and CXX.",
    },
  ];
}

/** Files that a dynamic linker loads. */
const linked = (content: PackageContent): readonly (readonly [string, ElfFile])[] =>
  [...content.elf].filter(([, elf]) => elf.type !== 'relocatable' && elf.needed.length > 0);

const isLibc = (library: string): boolean => /^(?:libc\.so\.6|libc\.so\.6\.1|ld-linux.*\.so\.\d)$/.test(library);

/** A package beside it that depends on the library may be enough; then it is meant so, or wrong in every build. */
function dependsFinding(content: PackageContent, siblings: readonly string[], build: GuardedBuild): readonly Finding[] {
  const users = linked(content).filter(([, elf]) => elf.needed.some(isLibc));
  if (users.length === 0) return [];
  const dependencies = packagesIn(`${content.control.get('Pre-Depends') ?? ''},${content.control.get('Depends') ?? ''}`);
  if (dependencies.some((dependency) => /^libc6(?:\.1)?(?:-|$)/.test(dependency)) || /^libc6(?:\.1)?(?:-|$)/.test(name(content))) return [];
  const empty = dependencies.length === 0 ? 'has an empty Depends' : 'does not depend on the C library';
  return [
    {
      guard: 'depends',
      level: build.cross && !dependencies.some((dependency) => siblings.includes(dependency)) ? 'error' : 'warning',
      message: `${content.file} ${empty}, but ${listed(users.map(([path]) => `/${path}`))} needs ${listed([...new Set(users.flatMap(([, elf]) => elf.needed))])}`,
      cure: `Write $\{shlibs:Depends} into Depends of debian/control${build.cross ? ", and see in the log what dpkg-shlibdeps said: it needs the libraries of the packages' own architecture" : ''}.`,
    },
  ];
}

/** The names in a relation field: `libc6 (>= 2.34), a | b` -> libc6, a, b. */
export function packagesIn(relations: string): readonly string[] {
  return relations
    .split(/[,|]/)
    .map((relation) => /^\s*([a-z0-9][a-z0-9+.-]*)/.exec(relation)?.[1] ?? '')
    .filter((dependency) => dependency !== '');
}

function libcFinding(content: PackageContent, target: TargetSystem): readonly Finding[] {
  const { libc } = target;
  if (libc === undefined) return [];
  const findings = [...content.elf].flatMap(([path, elf]) => {
    const newest = newestGlibc(elf.versions);
    return newest !== undefined && compareVersions(newest, libc) > 0 ? [{ path, newest }] : [];
  });
  const [first] = findings.sort((a, b) => compareVersions(b.newest, a.newest));
  if (first === undefined) return [];
  return [
    {
      guard: 'libc',
      level: 'error',
      message: `${content.file}: ${listed(findings.map(({ path }) => `/${path}`))} needs GLIBC_${first.newest}, but ${target.name} has glibc ${libc}`,
      cure: `Build for ${target.name} itself, and take programs that were compiled elsewhere out of the package.`,
    },
  ];
}

/** `libc.so.6 GLIBC_2.34` -> `2.34`; names such as GLIBC_PRIVATE have no order. */
export function newestGlibc(versions: readonly string[]): string | undefined {
  return versions
    .map((version) => / GLIBC_(\d+(?:\.\d+)+)$/.exec(version)?.[1])
    .filter((version) => version !== undefined)
    .sort(compareVersions)
    .at(-1);
}
