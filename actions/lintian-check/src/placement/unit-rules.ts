import { content, installation } from './installed-place.ts';
import { keyed } from './key-place.ts';
import type { PlacementRule } from './rule.ts';
import { memberNamed } from './script-place.ts';
import { firstOf, roughly } from './subject.ts';

/** Findings about units, scripts of init, and desktop files. */
export const unitRules = {
  'unit-documentation': {
    tags: ['systemd-service-file-missing-documentation-key', 'invalid-systemd-documentation'],
    place: 'the key `Documentation` of the unit, or the section `[Unit]` that lacks it',
    find: firstOf(keyed(['[Unit]'], ['Documentation']), content),
  },
  'unit-install': {
    tags: ['systemd-service-file-missing-install-key', 'systemd-service-file-refers-to-unusual-wantedby-target'],
    place: 'the key `WantedBy` of the unit, its section `[Install]`, or `[Unit]` where it has none',
    find: firstOf(keyed(['[Install]', '[Unit]'], ['WantedBy', 'RequiredBy']), content),
  },
  'unit-bindto': {
    tags: ['systemd-service-file-refers-to-obsolete-bindto'],
    place: 'the key `BindTo` of the unit',
    find: firstOf(keyed(['[Unit]'], ['BindTo']), content),
  },
  'unit-kill-mode': {
    tags: ['kill-mode-none'],
    place: 'the key `KillMode` of the unit',
    find: firstOf(keyed(['[Service]'], ['KillMode']), content),
  },
  unit: {
    tags: ['systemd-service-file-*', 'systemd-*', 'killall-is-dangerous', '*-systemd-service-*', 'misplaced-systemd-tmpfiles', 'unit-*'],
    place: 'the key of the unit that the finding names or whose value it cites, else the section `[Service]`',
    find: firstOf(keyed(['[Service]', '[Timer]', '[Socket]', '[Unit]']), content, roughly(memberNamed('service'))),
  },
  'desktop-command': {
    tags: ['desktop-command-not-in-package', 'desktop-mime-but-no-exec-code'],
    place: 'the key `Exec` of the desktop file',
    find: firstOf(keyed(['[Desktop Entry]'], ['Exec', 'TryExec']), content, roughly(installation)),
  },
  desktop: {
    tags: ['desktop-*', 'duplicate-key-in-desktop'],
    place: 'the key of the desktop file, or the section `[Desktop Entry]` that lacks it',
    find: firstOf(keyed(['[Desktop Entry]']), content, roughly(installation)),
  },
  'init-script': {
    tags: [
      'init.d-script-*',
      'init-d-script-*',
      'init-script-*',
      'non-virtual-facility-in-initd-script',
      'package-supports-alternative-init-but-no-init.d-script',
      'missing-systemd-service-for-*',
      'omitted-systemd-service-*',
    ],
    place: 'the line of `debian/*.init` that the finding cites; the unit where there is no such file',
    find: firstOf(content, memberNamed('init', 'service'), roughly(installation)),
  },
} as const satisfies Record<string, PlacementRule>;
