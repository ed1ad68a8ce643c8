export interface ErrorEntry {
  /** `usage`: wrong input, config or set-up (exit 2). `failure`: a check or command failed (exit 1). */
  readonly kind: 'usage' | 'failure';
  readonly cause: string;
  readonly cure: string;
}

const usage = (cause: string, cure: string): ErrorEntry => ({ kind: 'usage', cause, cure });
const failure = (cause: string, cure: string): ErrorEntry => ({ kind: 'failure', cause, cure });

/** Every code release-kit can end with. `docs/errors.md` is rendered from this table. */
export const errorCatalog = {
  // Inputs, configuration, files
  E_INPUT: usage(
    'An input is unknown, missing, or has a value that is not allowed.',
    'Correct the input named in the message; the README of the action lists what is allowed.',
  ),
  E_PATH: usage('A path leaves the workspace, does not exist, or is of the wrong kind.', 'Name a path inside the workspace.'),
  E_CONFIG: usage(
    'The configuration file cannot be read or has an unknown key or a wrong value.',
    'Correct the line named in the message; release-kit.schema.json helps editors to complete and check the file.',
  ),
  E_MANIFEST: usage(
    'The manifest cannot be read, is of another version, or does not match the files beside it.',
    'Pass the manifest that build-deb wrote, together with the files it lists, unchanged.',
  ),
  E_DIGEST: failure(
    'A file is not the one that was built: its digest differs from the manifest or from the expected digest.',
    'Build again; if it happens again, find out who changed the file between the jobs.',
  ),
  E_NAME: usage(
    'A file name cannot be used as the name of a release asset or package file.',
    'Rename the file: letters, digits and the characters . + - _ ~ are allowed.',
  ),
  // Host and machines
  E_HOST: usage('This host lacks something release-kit needs.', 'Use Debian 12 or 13, or Ubuntu 22.04 or 24.04, as root or with sudo.'),
  E_DOCTOR: failure('This machine cannot run the pipeline yet.', 'Do what each failed check says, then run release-kit doctor again.'),
  E_TOOL_MISSING: usage('Programs are missing on this host.', 'Run setup-cross (or scripts/build-local.sh --yes), which installs them.'),
  E_ENGINE: usage(
    'No engine for clean machines can run here.',
    'Run as root with systemd-nspawn installed, or with access to a Docker daemon.',
  ),
  E_BINFMT: usage(
    'Programs of another architecture do not run on this host.',
    'Install qemu-user-static and run as root; inside a container, register QEMU on the host. A cross build needs neither.',
  ),
  E_DISTRIBUTION: usage('The distribution is not known.', 'Use one of the listed distributions, for example debian:12.'),
  E_ARCHITECTURE: usage('The architecture is not supported here.', 'Use one of the listed architectures.'),
  E_BASE_SYSTEM: failure(
    'The base system could not be made from the archive.',
    'Check the network and the mirror named in the message, then run again.',
  ),
  E_MACHINE: failure(
    'A clean machine could not be started or did not answer.',
    'Run again with debug logging; the log of the machine is shown above.',
  ),
  E_TIMEOUT: failure(
    'Something took longer than its limit.',
    'Look at the last lines above; raise the limit when the work really needs longer.',
  ),
  E_CANCELLED: failure('The run was interrupted.', 'Run again; nothing half-written was left behind.'),
  E_COMMAND: failure('A command failed.', 'Look at the last lines of its output above.'),
  E_CACHE: failure('An entry of the cache is damaged.', 'It was removed; run again.'),
  // Debian's formats
  E_CONTROL: usage(
    'A control file breaks the rules of its format.',
    'Correct the line named in the message; see Debian Policy, chapter 5.',
  ),
  E_CHANGELOG: usage('debian/changelog breaks the rules of its format.', 'Correct the line named in the message; see deb-changelog(5).'),
  E_VERSION: usage(
    'A version is not valid, or two versions disagree.',
    'Use a version that deb-version(7) allows, the same in the tag and in debian/changelog.',
  ),
  E_TAG: usage('The tag is not a release tag.', 'Use v followed by a semantic version, for example v1.2.3 or v1.2.3-rc.1.'),
  E_DEB: failure(
    'A .deb file is damaged or breaks the rules of its format.',
    'Build the package again with dpkg-deb; do not edit it by hand.',
  ),
  E_SOURCE: usage(
    'The source is not a Debian source tree or source package.',
    'Name a folder that holds debian/control and debian/changelog, or a .dsc file.',
  ),
  // Build
  E_BUILD: failure('The package did not build.', 'Look at the first error above; it is shown at its source line where one is known.'),
  E_BUILD_COMPILE: failure('The compiler refused the source.', 'Correct the source line named in the message.'),
  E_BUILD_DEPENDS: failure(
    'Build dependencies cannot be installed.',
    'Correct Build-Depends in debian/control: the message names what is missing in this distribution.',
  ),
  E_BUILD_CROSS: failure(
    'The package does not cross-compile, for a cause that a native build does not have.',
    'Do what the message says, or build with the strategy emulate, which auto falls back to by itself.',
  ),
  E_BUILD_TEST: failure(
    'The package compiled, but its own tests failed.',
    'Look at the failing test above; DEB_BUILD_OPTIONS=nocheck skips the tests.',
  ),
  E_BUILD_NETWORK: failure(
    'The build tried to use the network, which is off.',
    'Package what the build downloads, or allow the network for this build.',
  ),
  E_BUILD_OUTPUT: failure(
    'The build ended well but its products are missing or are not what it announced.',
    'Look at debian/control and debian/rules: each binary package must be made.',
  ),
  E_BUILD_GUARD: failure(
    'A package was built, but it would not install or work where it is meant to.',
    'Mend what the message names; the input guards: warning lets it pass.',
  ),
  E_BUILD_REPRODUCIBLE: failure(
    'A second build in another place gave other bytes, or failed.',
    'Look at the summary: it names the files that differ, and causes where they can be told.',
  ),
  E_BUILD_EQUIVALENCE: failure(
    'The cross-compiled packages are not what the architecture itself would build.',
    'Look at the table in the summary; build with the strategy emulate or native where the difference matters.',
  ),
  // Lint
  E_LINT: failure(
    'lintian has findings at or above the level that fails.',
    'Mend the findings listed above, or override them with a reason in debian/.',
  ),
  E_LINT_INCOMPLETE: failure(
    'lintian did not check every file it was given.',
    'Look at the file named in the message: it may be damaged, or its fields may be hostile.',
  ),
  E_BASELINE: usage(
    'The baseline of known findings, or the report to compare with, cannot be read.',
    'Correct the line named in the message, or remove the file and write it anew with release-kit lint --update-baseline.',
  ),
  E_BOMB: failure(
    'A package would unpack to far more than its size lets expect.',
    'Look at what makes it so large; raise unpacked-limit of lintian-check when it really is.',
  ),
  // Smoke
  E_SMOKE_TARGET: failure(
    'A system that the packages should be tried on cannot be made.',
    'Check the network and the mirror, or leave the system out.',
  ),
  E_SMOKE_INSTALL: failure(
    'The package cannot be installed on a clean system.',
    'Look at the output of apt above: it names the dependency or the script at fault.',
  ),
  E_SMOKE_SERVICE: failure('A service of the package did not become or stay active.', 'Look at the journal of the unit above.'),
  E_SMOKE_HEALTH: failure('A health check failed.', 'Look at the answer shown above and at the check in release-kit.yml.'),
  E_SMOKE_FILE: failure(
    'An installed file is missing or has another mode or owner than listed.',
    'Correct debian/ or the list in release-kit.yml.',
  ),
  E_SMOKE_UPGRADE: failure(
    'The package cannot be upgraded from its previous release, or not back, or loses what was changed by hand.',
    'Look at the step above: it names the file, the service or the script at fault.',
  ),
  E_SMOKE_REMOVE: failure('The package cannot be removed or purged.', 'Look at the maintainer script named above.'),
  E_SMOKE_LEFTOVER: failure('Purging the package leaves something behind.', 'Remove it in debian/postrm when called with purge.'),
  E_SMOKE_FIGURES: failure(
    'The package is slower or needs more than its previous release, beyond the limit.',
    'Find out why, or raise the limit in smoke.figures.',
  ),
  E_SMOKE_TEST: failure('A test of the package failed on a clean system.', 'Look at the output of the test above.'),
  // History
  E_CHANGELOG_FILE: usage(
    'The section of a release cannot be written into CHANGELOG.md or AppStream metadata without losing what people wrote there.',
    'Take the old section of that version out of the file, or keep it and do not ask for a new one.',
  ),
  E_GIT: usage('The git history cannot be read.', 'Run inside a git checkout; on a runner, check out with fetch-depth: 0.'),
  E_HISTORY: usage('The next version cannot be worked out from the history.', 'Name the version yourself.'),
  E_NO_RELEASE: failure(
    'Nothing since the last release asks for a new one, and the caller wanted to be told.',
    'Nothing, as long as no release is due; else commit what asks for one, such as feat or fix, or name the version.',
  ),
  E_MESSAGE: failure(
    'The title of a pull request, or a commit message, breaks the rules that the project has for them.',
    'Write it as the annotation shows: type, colon, blank and what changed, such as `fix: keep the mode of files`.',
  ),
  E_BUMP: usage(
    'A file that is to get a new version holds none, several, another one than expected, or cannot hold the new one.',
    'Correct the line named in the message, or leave the file out.',
  ),
  // Signing
  E_KEY_FORMAT: usage(
    'The signing key cannot be read.',
    'Export it with gpg --armor --export-secret-keys and paste the whole block, or its base64 form on one line.',
  ),
  E_KEY_PUBLIC_ONLY: usage('The signing key is a public key.', 'Export the secret key: gpg --armor --export-secret-keys.'),
  E_KEY_UNUSABLE: usage(
    'The signing key cannot sign: it is for encryption only, its secret part is not there, or programs of users do not know its kind.',
    'Use a signing key of Ed25519 or RSA of 3072 bits or more, and export the part that signs.',
  ),
  E_KEY_EXPIRED: usage(
    'The signing key, or the subkey that signs, has expired.',
    'Set a later date with the primary key: gpg --quick-set-expire; export the key again, and give users the new public key.',
  ),
  E_KEY_REVOKED: usage(
    'The signing key, or the subkey that signs, is revoked.',
    'Make a new signing subkey, or a new key when the primary key is revoked; give users the new public key.',
  ),
  E_KEY_NOT_YET_VALID: usage(
    'The signing key is valid only later than now.',
    'Correct the clock of the machine; if it is right, wait, or make the key on a machine whose clock is right.',
  ),
  E_KEY_WEAK: usage(
    'The signing key is too weak: apt refuses it, or will.',
    'Make a new key: Ed25519, or RSA of 4096 bits; docs/keys.md tells how users change over.',
  ),
  E_KEY_CHECK: failure(
    'Nothing in the key that was looked at can sign for users of apt.',
    'Do what the message says; docs/keys.md tells how keys are made and changed.',
  ),
  E_KEY_PUBLISHED: usage(
    'The public key that users have does not verify what the signing key signs.',
    'Export the public key again with gpg --armor --export, put it into the repository, and give it to users before anything is signed.',
  ),
  E_PASSPHRASE: usage('The passphrase does not open the signing key.', 'Correct the passphrase input; it is used byte for byte.'),
  E_SIGNER: failure(
    'The program that signs with a key elsewhere refused, took too long, or gave something that is no signature.',
    'Run the program of the input signer by itself: the README of sign-artifacts, "Keys in an HSM or KMS", says what it is asked and how it answers.',
  ),
  E_SIGNATURE: failure(
    'A signature does not verify.',
    'Do not publish; sign again, and check that the public key belongs to the signing key.',
  ),
  E_TAG_SIGNATURE: failure(
    'The git tag that is released is not signed by an allowed key, or is not the tag that was signed.',
    'Do not release it; find out who made the tag, and make it anew with git tag -s and a key of tag-keys.',
  ),
  // Release
  E_TOKEN: usage('The GitHub token is missing, expired, or lacks a permission.', 'Give the job the permission named in the message.'),
  E_GITHUB: failure('GitHub answered with an error.', 'Run again later: what was already done is kept and completed.'),
  E_RATE: failure(
    "GitHub's rate limit is used up for longer than a run waits.",
    'Run again at the time in the message: what was already done is kept and completed.',
  ),
  E_TAG_MOVED: failure(
    'The tag does not name the commit that was built.',
    'Find out who moved the tag; then release what it names now, or move it back, and run again.',
  ),
  E_RELEASE_EXISTS: usage('The release for this tag is already published.', 'Choose another tag; a published release is never changed.'),
  E_ASSET_CONFLICT: failure(
    'An asset of the same name with other content is in the way.',
    'Look at the release; remove the asset, or choose another tag.',
  ),
  E_NAME_COLLISION: usage('Two assets would have the same name in the release.', 'Rename one of the files named in the message.'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalog;
