/** The parts of a build that people tell apart, in their usual order. */
export const buildPhases = ['dependencies', 'unpack', 'configure', 'build', 'test', 'binary'] as const;
export type BuildPhase = (typeof buildPhases)[number];

// `   dh_auto_build -a`, `   debian/rules override_dh_auto_test-arch`, and `dh_auto_build -- V=1` as make repeats it from a rules file.
const helper = /^\s*(?:debian\/rules (?:override|execute_before|execute_after)_)?(dh_[a-z0-9_]+?)(?:-arch|-indep)?(?:\s|$)/;
// ` debian/rules binary`, ` fakeroot debian/rules binary-arch`: dpkg-buildpackage tells every target that it asks for.
const target = /^ (?:\S*fakeroot |\S*sudo )?debian\/rules (build|binary)(?:-arch|-indep)?$/;
// `dh binary`: all of debhelper's steps follow, and configuring is the first of those that count.
const sequence = /^dh (?:build|binary)(?:-arch|-indep)?(?:\s|$)/;
const packing = /^(?:dpkg-deb: building package |dpkg-gencontrol |dpkg-shlibdeps )/;

const phaseOfHelper: Readonly<Record<string, BuildPhase | 'same'>> = {
  dh_quilt_patch: 'configure',
  dh_update_autotools_config: 'configure',
  dh_autoreconf: 'configure',
  dh_auto_configure: 'configure',
  dh_auto_build: 'build',
  dh_auto_test: 'test',
  // Part of cleaning, or run anywhere.
  dh_auto_clean: 'same',
  dh_autoreconf_clean: 'same',
  dh_clean: 'same',
  dh_quilt_unpatch: 'same',
  dh_testdir: 'same',
};

/**
 * The phase that a line of dpkg-buildpackage's output begins, or the one before it goes on. Without root inside the package
 * (Rules-Requires-Root: no) dpkg-buildpackage asks for the target binary only, and dh builds on the way to it.
 */
export function phaseAfter(phase: BuildPhase, line: string): BuildPhase {
  if (line.length > 300) return phase;
  const asked = target.exec(line)?.[1];
  if (asked !== undefined) return asked === 'binary' && (phase === 'build' || phase === 'test') ? 'binary' : 'build';
  if (sequence.test(line)) return phase === 'build' ? 'configure' : phase;
  if (packing.test(line)) return 'binary';
  const name = helper.exec(line)?.[1];
  if (name === undefined) return phase;
  const known = Object.hasOwn(phaseOfHelper, name) ? phaseOfHelper[name] : 'binary';
  return known === undefined || known === 'same' ? phase : known;
}
