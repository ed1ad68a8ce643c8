import { type ErrorEntry, failure, usage } from './error-entry.ts';
import { releaseErrors } from './release-errors.ts';

export type { ErrorEntry } from './error-entry.ts';

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
  E_DOCTOR: failure('This machine or this repository is not ready.', 'Do what each failed check says, then run release-kit doctor again.'),
  E_INIT: usage(
    'A file that init would write is there already with another text.',
    'Take over by hand what you want of the differences that are shown, or move the file away and run release-kit init again.',
  ),
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
  E_FORK: usage(
    'A step was handed a secret in a run for the commits of a fork that has the rights of the repository itself.',
    'Use the event pull_request, which has no secrets; whatever needs one belongs into a workflow for pushes and tags.',
  ),
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
  // Jobs
  E_PIPELINE: failure(
    'A job of the workflow failed, was cancelled, or was skipped though it must not be.',
    'Look at the job that the message names; its own log and summary say more.',
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
  ...releaseErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalog;
