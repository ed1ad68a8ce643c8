import { type BuildDependency, buildDependencies, crossProfiles } from './build-depends.ts';

/** What of a source package tells how it is built. */
export interface SourceTraits {
  /** Build-Depends and Build-Depends-Arch, joined by a comma. */
  readonly buildDepends: string;
  /** The text of debian/rules. */
  readonly rules: string;
  /** Names of what lies at the top of the source. */
  readonly files: readonly string[];
}

export interface BuildSystem {
  readonly name: string;
  readonly crosses: boolean;
  /** Why, as the end of a sentence. */
  readonly reason: string;
}

interface Facts {
  readonly depends: readonly BuildDependency[];
  readonly rules: string;
  readonly files: ReadonlySet<string>;
  /** `--buildsystem=` of debian/rules. */
  readonly named: string | undefined;
}

interface Row {
  readonly name: string;
  readonly is: (facts: Facts) => boolean;
  /** true or false, or the part of the facts that decides. */
  readonly crosses: boolean | ((facts: Facts) => boolean);
  readonly yes?: string;
  readonly no?: string;
}

const has =
  (pattern: RegExp) =>
  ({ depends }: Facts): boolean =>
    depends.some(({ name }) => pattern.test(name));
const native =
  (pattern: RegExp) =>
  ({ depends }: Facts): boolean =>
    depends.some(({ name, qualifier }) => pattern.test(name) && qualifier === 'native');
const uses =
  (named: string, ...files: readonly string[]) =>
  (facts: Facts): boolean =>
    facts.named === undefined ? files.some((file) => facts.files.has(file)) : facts.named.split('+').includes(named);

/** debian/rules is debhelper's, which passes the triplets and tools on by itself. */
const byDebhelper = ({ rules }: Facts): boolean => /^\s*(?:[A-Za-z_]+=\S+\s+)*dh\s+(?:\$[@({]|--)/m.test(rules) || /\bdh_auto_/.test(rules);
/** debian/rules, written by hand, asks dpkg for the names of the tools. */
const byArchitecture = ({ rules }: Facts): boolean => /\/buildtools\.mk\b|DEB_HOST_GNU_TYPE|DEB_HOST_MULTIARCH/.test(rules);
const passes = (facts: Facts): boolean => byDebhelper(facts) || byArchitecture(facts);
const notPassed = 'debian/rules passes neither the triplet nor the names of the tools on';

/**
 * The knowledge of what crosses, the first row that fits. A compiler of a language that is not for the foreign architecture, or an interpreter
 * that must run what was built, decides before the tool that only drives it. From debhelper(7), the teams' policies, and builds that were tried
 * (docs/strategies.md).
 */
const rows: readonly Row[] = [
  {
    name: 'Haskell',
    is: has(/^(haskell-devscripts|ghc)(-|$)/),
    crosses: false,
    no: 'GHC in Debian compiles for its own architecture only',
  },
  {
    name: 'OCaml',
    is: has(/^(ocaml|dh-ocaml|ocaml-nox)$/),
    crosses: false,
    no: 'the OCaml compiler compiles for its own architecture only',
  },
  {
    name: 'Go',
    is: has(/^(dh-golang|dh-sequence-golang|golang(-any|-go|-[0-9.]+(-go)?)?|gccgo(-[0-9]+)?)$/),
    crosses: native(/^golang(-any|-go|-[0-9.]+(-go)?)$/),
    yes: 'Go compiles for every architecture, and the compiler is asked for as :native',
    no: 'the Go compiler is not asked for as :native, so it would be one of the foreign architecture',
  },
  {
    name: 'Rust',
    is: has(/^(dh-cargo|dh-sequence-cargo|cargo|rustc)$/),
    crosses: (facts) => has(/^(dh-cargo|dh-sequence-cargo)$/)(facts) || native(/^(cargo|rustc)$/)(facts),
    yes: 'cargo compiles for a named target, with the library of that architecture',
    no: 'cargo is not asked for as :native, and no dh-cargo names the target',
  },
  {
    name: 'GObject introspection',
    is: has(/^(gobject-introspection|libgirepository1\.0-dev|gir1\.2-.*-dev)$/),
    crosses: false,
    no: 'the scanner runs programs of the foreign architecture',
  },
  { name: 'Ruby', is: has(/^gem2deb$/), crosses: false, no: 'the Ruby that runs writes the names of its own architecture' },
  { name: 'R', is: has(/^(dh-r|r-base-dev)$/), crosses: false, no: 'R loads what was compiled' },
  { name: 'Node.js', is: has(/^(node-gyp|dh-nodejs|dh-sequence-nodejs)$/), crosses: false, no: 'node-gyp compiles for the node that runs' },
  {
    name: 'Perl',
    is: (facts) => facts.files.has('Makefile.PL') || facts.files.has('Build.PL'),
    crosses: has(/^(perl-xs-dev|libperl-dev)$/),
    yes: 'perl-xs-dev brings the settings of the foreign Perl',
    no: 'without perl-xs-dev the extension is compiled for the Perl that runs',
  },
  {
    name: 'Python',
    is: (facts) =>
      has(/^(dh-python|dh-sequence-python3)$/)(facts) &&
      (facts.files.has('setup.py') || facts.files.has('pyproject.toml')) &&
      !uses('cmake', 'CMakeLists.txt')(facts) &&
      !uses('meson', 'meson.build')(facts),
    crosses: has(/^libpython3(-all)?-dev$/),
    yes: 'the Python that runs takes the settings of libpython3-dev of the foreign architecture',
    no: 'without libpython3-dev (or libpython3-all-dev) the extension is compiled for the Python that runs',
  },
  {
    name: 'CMake',
    is: (facts) => has(/^cmake$/)(facts) && (uses('cmake', 'CMakeLists.txt')(facts) || facts.files.size === 0),
    crosses: byDebhelper,
    yes: 'debhelper passes CMake the toolchain',
    no: notPassed,
  },
  { name: 'Meson', is: uses('meson', 'meson.build'), crosses: byDebhelper, yes: 'debhelper writes Meson a cross file', no: notPassed },
  {
    name: 'qmake',
    is: (facts) => uses('qmake')(facts) || [...facts.files].some((file) => file.endsWith('.pro')),
    crosses: byDebhelper,
    yes: "debhelper calls the architecture's own qmake",
    no: notPassed,
  },
  { name: 'SCons', is: has(/^scons$/), crosses: false, no: 'SCons is told nothing about architectures by debhelper' },
  { name: 'Waf', is: uses('waf', 'waf', 'wscript'), crosses: false, no: 'Waf is told nothing about architectures by debhelper' },
  {
    name: 'autotools',
    is: uses('autoconf', 'configure', 'configure.ac', 'configure.in'),
    crosses: passes,
    yes: 'configure is given --host and --build',
    no: notPassed,
  },
  {
    name: 'make',
    is: uses('makefile', 'Makefile', 'makefile', 'GNUmakefile'),
    crosses: passes,
    yes: 'make is given the names of the tools (CC, CXX, PKG_CONFIG)',
    no: notPassed,
  },
  {
    name: 'no build system',
    is: () => true,
    crosses: byArchitecture,
    yes: 'debian/rules asks dpkg for the names of the tools',
    no: 'debian/rules compiles by itself and does not ask dpkg for the names of the tools',
  },
];

/** How a source package is built, and whether that is known to cross-compile. Pure: from texts that may be hostile. */
export function buildSystemOf(traits: SourceTraits): BuildSystem {
  const facts: Facts = {
    depends: buildDependencies(traits.buildDepends, crossProfiles),
    rules: traits.rules.replace(/^#.*$/gm, ''),
    files: new Set(traits.files),
    named: /--buildsystem[= ]+([a-z+_]+)/.exec(traits.rules)?.[1] ?? /\s-S\s*([a-z+_]+)/.exec(traits.rules)?.[1],
  };
  const row = rows.find(({ is }) => is(facts));
  if (row === undefined) throw new Error('the table of build systems has no last row');
  const crosses = typeof row.crosses === 'boolean' ? row.crosses : row.crosses(facts);
  return { name: row.name, crosses, reason: (crosses ? row.yes : row.no) ?? '' };
}
