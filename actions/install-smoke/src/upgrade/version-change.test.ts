import { expect, test } from '@jest/globals';
import { startsOnly } from './version-change.ts';

// As debhelper 13 writes it, with and without --no-stop-on-upgrade.
const restarted = `		if [ -n "$2" ]; then
			_dh_action=restart
		else
			_dh_action=start
		fi
		deb-systemd-invoke $_dh_action 'hello.service' >/dev/null || true
`;
const started = "		deb-systemd-invoke start 'hello.service' 'hello.socket' >/dev/null || true\n";

test('a unit that the packaging never restarts is known by its postinst', () => {
  expect(startsOnly(started, 'hello.service')).toBe(true);
  expect(startsOnly(started, 'hello.socket')).toBe(true);
  expect(startsOnly(restarted, 'hello.service')).toBe(false);
  expect(startsOnly(started, 'other.service')).toBe(false);
});
