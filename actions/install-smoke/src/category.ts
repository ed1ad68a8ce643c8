import type { ErrorCode } from '@release-kit/action';

export type SmokeCode = Extract<ErrorCode, `E_SMOKE_${string}` | 'E_TIMEOUT' | 'E_MACHINE'>;

/** What went wrong, in one of a closed list of words: its code, what it means, and what to do. The failure table of the README is rendered from it. */
export interface CategoryFacts {
  readonly code: SmokeCode;
  readonly meaning: string;
  readonly cure: string;
}

const of = (code: SmokeCode, meaning: string, cure: string): CategoryFacts => ({ code, meaning, cure });

export const categories = {
  'missing-dependency': of(
    'E_SMOKE_INSTALL',
    'A package that this one depends on is not in the archive of the distribution.',
    'Correct Depends in debian/control, or build for a distribution that has it.',
  ),
  conflict: of('E_SMOKE_INSTALL', 'The packages cannot be installed together.', 'Correct Conflicts, Breaks or Depends in debian/control.'),
  'file-conflict': of(
    'E_SMOKE_INSTALL',
    'A file of the package belongs to another package.',
    'Install the file elsewhere, or declare Replaces and Breaks (Debian Policy 7.6).',
  ),
  'bad-package': of('E_SMOKE_INSTALL', 'A package file is damaged, or not the package that the manifest names.', 'Build it again.'),
  'script-failed': of(
    'E_SMOKE_INSTALL',
    'A maintainer script of the package failed while it was installed.',
    'Correct the line of the script.',
  ),
  'script-hangs': of(
    'E_TIMEOUT',
    'A maintainer script was not done within the limit: it loops, waits for input, or waits for what never comes.',
    'Maintainer scripts must end without a person (Debian Policy 6.3); start daemons by systemd.',
  ),
  'needs-network': of(
    'E_SMOKE_INSTALL',
    'A maintainer script needs the network, which is off while packages are installed.',
    'Ship what the package needs, or fetch it when the program runs.',
  ),
  'unanswered-question': of(
    'E_SMOKE_INSTALL',
    'A package asks a question of high priority that has no default, so that unattended installations get no answer.',
    'Give the question a default, lower its priority, or answer it in the file that smoke.preseed names.',
  ),
  'conffile-changed': of(
    'E_SMOKE_INSTALL',
    'Installing the packages over themselves changed a configuration file.',
    'Maintainer scripts must not edit conffiles (Debian Policy 10.7.3); files that they make are not shipped as such.',
  ),
  'wrong-answer': of(
    'E_SMOKE_INSTALL',
    'An answer of the file that smoke.preseed names does not fit what the packages ask.',
    'Correct the line of the file, or the templates of the package.',
  ),
  'disturbs-others': of(
    'E_SMOKE_INSTALL',
    'Something of other packages stopped, or went, because of ours.',
    'Do not stop or remove what belongs to others; declare Conflicts when they cannot be together.',
  ),
  'not-installed': of('E_SMOKE_INSTALL', 'apt did not install the packages.', 'Look at its output.'),
  'unit-invalid': of('E_SMOKE_SERVICE', 'A unit file has a mistake.', 'Correct the line of the unit file.'),
  'unit-failed': of('E_SMOKE_SERVICE', 'A unit could not be started.', 'Look at its journal.'),
  'unit-dies': of('E_SMOKE_SERVICE', 'A service ended or was restarted after it had been started.', 'Look at its journal.'),
  'unit-slow': of(
    'E_SMOKE_SERVICE',
    'A unit did not become active within the limit.',
    'Look at its journal; with Type=notify, tell systemd when it is ready.',
  ),
  'unit-policy': of(
    'E_SMOKE_SERVICE',
    'A unit is not enabled or not active as the packaging says it should be.',
    'Let debhelper handle the unit (dh_installsystemd), or name the wanted state in release-kit.yml.',
  ),
  'unexpected-port': of(
    'E_SMOKE_SERVICE',
    'The packages listen on an address that is not listed.',
    'List it in smoke.ports, or bind to loopback.',
  ),
  'missing-port': of(
    'E_SMOKE_SERVICE',
    'Nobody listens on an address that is listed.',
    'Correct smoke.ports, or the configuration of the service.',
  ),
  unhealthy: of('E_SMOKE_HEALTH', 'A health check failed.', 'Look at what was answered, and at the check in release-kit.yml.'),
  'command-failed': of('E_SMOKE_HEALTH', 'A command of release-kit.yml failed.', 'Look at its output.'),
  'wrong-file': of('E_SMOKE_FILE', 'An installed file is missing or not as listed.', 'Correct debian/, or the list in release-kit.yml.'),
  'wrong-mode': of(
    'E_SMOKE_FILE',
    'A packaged file has a mode or an owner that Debian Policy forbids.',
    'Set it in debian/rules, or list it in smoke.allow.modes.',
  ),
  'privileged-file': of(
    'E_SMOKE_FILE',
    'A file is setuid or setgid, or has capabilities, and is not listed.',
    'List it in smoke.allow.modes when it has to be.',
  ),
  'forbidden-place': of(
    'E_SMOKE_FILE',
    'The package puts files where packages may not (Debian Policy 9.1).',
    'Install them below /usr, /etc or /var.',
  ),
  'broken-link': of('E_SMOKE_FILE', 'A packaged link leads to nothing.', 'Correct the link, or depend on the package that has its target.'),
  'changed-outside': of(
    'E_SMOKE_FILE',
    "The installation changed something outside the package's own places.",
    'Do not edit what belongs to others; list it in smoke.allow.changes when it has to be.',
  ),
  'upgrade-failed': of('E_SMOKE_UPGRADE', 'The upgrade from the previous release failed.', 'Look at the output of apt.'),
  'conffile-overwritten': of(
    'E_SMOKE_UPGRADE',
    'A configuration file that was changed by hand lost the change in the upgrade.',
    'Keep changes of configuration files (Debian Policy 10.7.3): ship them as conffiles, or use ucf.',
  ),
  'obsolete-conffile': of(
    'E_SMOKE_UPGRADE',
    'A conffile that the new version no longer has stays on upgraded systems.',
    'Remove or rename it by dpkg-maintscript-helper, in debian/<package>.maintscript: rm_conffile or mv_conffile.',
  ),
  'not-restarted': of(
    'E_SMOKE_UPGRADE',
    'A service still runs the old program after the upgrade.',
    'Restart it in postinst; debhelper does so unless it is told not to.',
  ),
  'unit-stays': of(
    'E_SMOKE_UPGRADE',
    'A unit that the new version no longer has still runs, or is still enabled, after the upgrade.',
    'Stop it in the preinst of the new version, or in the prerm of the old one, and call deb-systemd-helper purge for it.',
  ),
  'enabled-again': of(
    'E_SMOKE_UPGRADE',
    'A unit that was disabled by hand is enabled again after the version changed.',
    'Enable units by deb-systemd-helper, as dh_installsystemd does, which knows what an administrator chose; not by systemctl enable.',
  ),
  'downgrade-failed': of(
    'E_SMOKE_UPGRADE',
    'Going back to the previous release failed.',
    'Keep state that the previous release can read, or say in the notes that there is no way back.',
  ),
  'state-broken': of(
    'E_SMOKE_UPGRADE',
    'The service is not healthy after the version changed.',
    'Migrate state without losing what the other version needs.',
  ),
  'state-lost': of(
    'E_SMOKE_UPGRADE',
    'What the previous version had stored is gone after the version changed.',
    'Delete state on purge only; migrate it where its place changes.',
  ),
  'no-previous': of('E_SMOKE_UPGRADE', 'The previous release cannot be had.', 'Name where it is in smoke.previous, or leave that out.'),
  'still-active': of(
    'E_SMOKE_REMOVE',
    'A service still runs after the package was removed.',
    'Stop the unit in prerm; debhelper does so for units it installs.',
  ),
  'conffile-lost': of(
    'E_SMOKE_REMOVE',
    'A configuration file is gone after removal.',
    'Delete conffiles on purge only (Debian Policy 10.7.3).',
  ),
  'removal-failed': of('E_SMOKE_REMOVE', 'The packages cannot be removed or purged.', 'Look at the output of dpkg.'),
  'left-behind': of('E_SMOKE_LEFTOVER', 'Something stayed behind after the purge.', 'Remove it in postrm when called with purge.'),
  'changed-behind': of(
    'E_SMOKE_LEFTOVER',
    'Something of others is not as before the installation.',
    'Undo the change in postrm, or do not make it.',
  ),
  slower: of(
    'E_SMOKE_FIGURES',
    'The packages are slower, or need more, than the previous release.',
    'Find out why, or raise the limit in smoke.figures.',
  ),
  'test-failed': of('E_SMOKE_TEST', "A test of the package's own (autopkgtest), or piuparts, failed.", 'Look at its output.'),
  'resource-limit': of(
    'E_SMOKE_INSTALL',
    'A step used up what a machine may have of processes, memory, disk or output.',
    'Look at its last lines: something grows without an end.',
  ),
  'step-hangs': of(
    'E_TIMEOUT',
    'A step was not done within the limit.',
    'Look at its last lines; raise the input timeout when it needs longer.',
  ),
  'machine-failed': of(
    'E_MACHINE',
    'The machine could not be started, ended by itself, or did not answer.',
    'Look at its last lines: a package may have stopped the system.',
  ),
  'unreachable-target': of(
    'E_SMOKE_TARGET',
    'The system to install on cannot be made.',
    'Check the network and the mirror, leave the target out, or set unreachable to skip.',
  ),
} as const satisfies Readonly<Record<string, CategoryFacts>>;

export type Category = keyof typeof categories;
