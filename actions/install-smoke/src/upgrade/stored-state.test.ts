import { expect, test } from '@jest/globals';
import { judgeState, storedState } from './stored-state.ts';

const paths = (...names: readonly string[]) => new Map(names.map((name) => [name, '']));
const isFolder = (path: string) => !path.includes('.');

test('state is what came below /var/lib, without the records of the system', () => {
  const before = paths('/var/lib', '/var/lib/dpkg');
  const after = paths(
    ...['/var/lib', '/var/lib/dpkg', '/var/lib/dpkg/info/a.list', '/var/lib/systemd/deb-systemd-helper-enabled/a.x'],
    ...['/var/lib/a', '/var/lib/a/db', '/var/lib/a/db/one.db', '/etc/a.conf'],
  );
  expect(storedState(before, after, isFolder)).toEqual({ folders: ['/var/lib/a'], files: ['/var/lib/a/db/one.db'] });
});

const state = { folders: ['/var/lib/a'], files: ['/var/lib/a/1.db', '/var/lib/a/2.db'] };

test.each([
  ['all of it', ['/var/lib/a', '/var/lib/a/1.db', '/var/lib/a/2.db'], []],
  ['one file less', ['/var/lib/a', '/var/lib/a/1.db'], ['warning: one file of /var/lib/a is gone after the upgrade']],
  ['an empty folder', ['/var/lib/a'], ['error: nothing is left of what /var/lib/a held before the upgrade']],
  ['nothing', [], ['error: /var/lib/a is gone after the upgrade']],
])('where there is %s', (_, there, found) => {
  expect(judgeState(state, new Set(there), 'the upgrade').map(({ level = 'error', message }) => `${level}: ${message}`)).toEqual(found);
});
