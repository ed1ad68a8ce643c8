import { expect, test } from '@jest/globals';
import { changedByScripts } from './script-change.ts';
import { account, file, folder, link, snapshot } from './snapshot.test-support.ts';

test('what differs from the archive was changed by scripts; folders of others stay as they are', () => {
  const packed = (path: string, mode: number, owner = 'root') => ({ path, mode, owner, group: 'root' });
  const before = snapshot({ '/var/log': folder({ mode: 0o775 }) });
  const now = snapshot(
    {
      '/var/log': folder({ mode: 0o775 }),
      '/var/lib/hello': folder({ mode: 0o750, owner: 998 }),
      '/usr/bin/hello': file({ mode: 0o755 }),
      '/usr/lib/hello': file({ mode: 0o640 }),
      '/usr/lib/link': link('hello'),
    },
    { users: [account('root', 0), account('hello', 998)] },
  );
  const list = [
    packed('/var/log', 0o755),
    packed('/var/lib/hello', 0o755),
    packed('/bin/hello', 0o755),
    packed('/lib/hello', 0o644),
    packed('/usr/lib/link', 0o644),
    packed('/usr/lib/gone', 0o644),
  ];
  expect(changedByScripts(list, before, now)).toEqual(['/lib/hello 0640 root:root', '/var/lib/hello 0750 hello:root']);
});
