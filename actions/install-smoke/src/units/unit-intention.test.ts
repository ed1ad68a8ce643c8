import { describe, expect, test } from '@jest/globals';
import { unitIntentions } from './unit-intention.ts';

// What dh_installsystemd of debhelper 13.11 leaves in a postinst.
const configure =
  'if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] || [ "$1" = "abort-deconfigure" ] || [ "$1" = "abort-remove" ] ; then';
const enables = (unit: string) => `${configure}
	# The following line should be removed in trixie or trixie+1
	deb-systemd-helper unmask '${unit}' >/dev/null || true

	# was-enabled defaults to true, so new installations run enable.
	if deb-systemd-helper --quiet was-enabled '${unit}'; then
		# Enables the unit on first installation, creates new
		# symlinks on upgrades if the unit file has changed.
		deb-systemd-helper enable '${unit}' >/dev/null || true
	else
		# Update the statefile to add new symlinks (if any), which need to be
		# cleaned up on purge. Also remove old symlinks.
		deb-systemd-helper update-state '${unit}' >/dev/null || true
	fi
fi
`;
const leaves = (unit: string) => `${configure}
	if deb-systemd-helper debian-installed '${unit}'; then
		# The following line should be removed in trixie or trixie+1
		deb-systemd-helper unmask '${unit}' >/dev/null || true

		if deb-systemd-helper --quiet was-enabled '${unit}'; then
			# Create new symlinks, if any.
			deb-systemd-helper enable '${unit}' >/dev/null || true
		fi
	fi
	deb-systemd-helper update-state '${unit}' >/dev/null || true
fi
`;
const restarts = (...units: string[]) => `${configure}
	if [ -d /run/systemd/system ]; then
		systemctl --system daemon-reload >/dev/null || true
		if [ -n "$2" ]; then
			_dh_action=restart
		else
			_dh_action=start
		fi
		deb-systemd-invoke $_dh_action ${units.map((unit) => `'${unit}'`).join(' ')} >/dev/null || true
	fi
fi
`;
const restartsOnly = (unit: string) => `${configure}
	if [ -d /run/systemd/system ]; then
		systemctl --system daemon-reload >/dev/null || true
		if [ -n "$2" ]; then
			deb-systemd-invoke restart '${unit}' >/dev/null || true
		fi
	fi
fi
`;

describe('debhelper', () => {
  test('enables and starts', () => {
    const { of } = unitIntentions([`${enables('a.service')}${enables('a.socket')}${restarts('a.service', 'a.socket')}`]);
    expect(of('a.service')).toEqual({ enable: 'yes', start: 'yes' });
    expect(of('a.socket')).toEqual({ enable: 'yes', start: 'yes' });
    expect(of('other.service')).toEqual({ enable: 'no', start: 'no' });
  });

  test('leaves a unit as it was with --no-enable, and starts none for the first time with --no-start', () => {
    const { of } = unitIntentions([`${leaves('a.service')}${enables('b.service')}${restartsOnly('b.service')}`]);
    expect(of('a.service')).toEqual({ enable: 'no', start: 'no' });
    expect(of('b.service')).toEqual({ enable: 'yes', start: 'no' });
  });

  test('enables a template for its instance; nobody can start one', () => {
    expect(unitIntentions([`${enables('t@.service')}${restarts('t@.service')}`]).of('t@one.service')).toEqual({
      enable: 'yes',
      start: 'no',
    });
  });

  test('speaks of units of users in lines that are not about the system', () => {
    expect(unitIntentions(["deb-systemd-helper --user enable 'a.service' >/dev/null || true"]).of('a.service').enable).toBe('unknown');
  });
});

test.each([
  ['systemctl enable --now foo', { enable: 'yes', start: 'yes' }],
  ['systemctl daemon-reload && systemctl --quiet enable "foo.service"; systemctl restart foo.service', { enable: 'yes', start: 'yes' }],
  ['systemctl preset foo.service', { enable: 'unknown', start: 'unknown' }],
  ['# systemctl enable foo', { enable: 'unknown', start: 'unknown' }],
  ['invoke-rc.d --skip-systemd-native foo start || exit 1', { enable: 'no', start: 'yes' }],
  ['service foo restart', { enable: 'no', start: 'yes' }],
  ['for unit in foo bar.timer; do systemctl enable "$unit"; done', { enable: 'yes', start: 'no' }],
  ['UNIT=foo.service\nACTION=start\nsystemctl enable $UNIT\nsystemctl $ACTION $UNIT', { enable: 'yes', start: 'yes' }],
  ['systemctl enable "$(list-units)"', { enable: 'unknown', start: 'unknown' }],
])('scripts by hand: %s', (line, expected) => {
  expect(unitIntentions([`#!/bin/sh\nset -e\n${line}\n`]).of('foo.service')).toEqual(expected);
});
