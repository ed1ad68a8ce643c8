import { describe, expect, test } from '@jest/globals';
import type { FileEntry } from './file-entry.ts';
import { faultsOf } from './file-rules.ts';
import { packagedFiles } from './packaged-file.ts';
import { account, file, folder, link, snapshot } from './snapshot.test-support.ts';

const before = snapshot();

/** What is said of a path that a package brought. */
function faultsAt(path: string, entry: FileEntry | undefined, more: { conffile?: boolean; capabilities?: readonly string[] } = {}) {
  const real = path.replace(/^\/(?=bin\/|lib\/)/, '/usr/');
  const now = snapshot(entry === undefined ? {} : { [real]: entry }, { users: [...before.users, account('hello', 998)] });
  const capabilities = new Map([[path, more.capabilities ?? []]]);
  const paths = [{ path, package: 'hello', isConfiguration: more.conffile ?? false }];
  return faultsOf(packagedFiles(paths, now, capabilities), before, now).map(({ category, level, how }) => [category, level, how]);
}

describe('faultsOf', () => {
  test.each<[string, FileEntry, string, string, RegExp]>([
    ['/usr/share/x', file({ mode: 0o666 }), 'wrong-mode', 'error', /everyone may write it \(mode 0666\)/],
    ['/var/lib/x', folder({ mode: 0o777 }), 'wrong-mode', 'error', /everyone may write it/],
    ['/usr/lib/x', folder({ mode: 0o775 }), 'wrong-mode', 'error', /the group root may write it/],
    ['/etc/x', file({ mode: 0o664 }), 'wrong-mode', 'warning', /the group root may write it/],
    ['/usr/bin/x', file({ mode: 0o755, owner: 998 }), 'wrong-mode', 'error', /belongs to hello/],
    ['/lib/x', file({ owner: 997 }), 'wrong-mode', 'error', /belongs to 997/],
    ['/usr/bin/x', file(), 'wrong-mode', 'error', /nobody may run it \(mode 0644\)/],
    ['/bin/x', file(), 'wrong-mode', 'error', /nobody may run it/],
    ['/usr/share/x', file({ mode: 0o600 }), 'wrong-mode', 'warning', /only root may read it/],
    ['/usr/lib/x', folder({ mode: 0o750 }), 'wrong-mode', 'warning', /only root may read it/],
    ['/usr/bin/x', file({ mode: 0o4755 }), 'privileged-file', 'error', /runs as the user root \(mode 4755\)/],
    ['/usr/bin/x', file({ mode: 0o2755, group: 5 }), 'privileged-file', 'error', /runs as the group 5/],
    ['/usr/local/x', file(), 'forbidden-place', 'error', /administrator/],
    ['/home/x', folder(), 'forbidden-place', 'error', /home folder/],
    ['/root/.x', file(), 'forbidden-place', 'error', /home folder/],
    ['/run/x', folder(), 'forbidden-place', 'error', /next boot/],
    ['/var/run/x', folder(), 'forbidden-place', 'error', /next boot/],
    ['/tmp/x', file(), 'forbidden-place', 'error', /cleaned/],
    ['/srv/x', folder(), 'forbidden-place', 'error', /administrator/],
    ['/opt/x', folder(), 'forbidden-place', 'warning', /outside of the distribution/],
    ['/usr/lib/x', link('y'), 'broken-link', 'warning', /leads to y, which is not there/],
  ])('%s %#: %s', (path, entry, category, level, how) => {
    expect(faultsAt(path, entry)).toEqual([[category, level, expect.stringMatching(how)]]);
  });

  test('what only another user may read is told by that name', () => {
    const faults = faultsAt('/usr/share/x', file({ mode: 0o600, owner: 998 }));
    expect(faults).toContainEqual(['wrong-mode', 'warning', expect.stringMatching(/only hello may read it/)]);
  });

  test.each<[string, FileEntry]>([
    ['/usr/bin/x', file({ mode: 0o755 })],
    ['/usr/share/x', file()],
    ['/etc/x', file({ mode: 0o640, owner: 998, group: 998 })],
    ['/etc/secret', file({ mode: 0o600 })],
    ['/var/lib/x', folder({ mode: 0o770, owner: 998, group: 998 })],
    ['/var/lib/drop', folder({ mode: 0o1777 })],
    ['/var/mail', folder({ mode: 0o2775, group: 8 })],
    ['/usr/share/games', folder({ mode: 0o2775, group: 60 })],
    ['/usr/lib/x', link('../bin/env')],
    ['/etc/systemd/system/x.service', link('/dev/null')],
    ['/usr/lib/helper', file({ mode: 0o750, group: 998 })],
    ['/usr/local', folder({ mode: 0o2775 })],
  ])('%s %#: nothing is wrong', (path, entry) => {
    expect(faultsAt(path, entry)).toEqual([]);
  });

  test('capabilities are powers as well', () => {
    expect(faultsAt('/usr/bin/x', file({ mode: 0o755 }), { capabilities: ['cap_net_raw'] })).toEqual([
      ['privileged-file', 'error', expect.stringContaining('it has cap_net_raw')],
    ]);
  });

  test('a configuration file outside of /etc is told', () => {
    expect(faultsAt('/var/lib/x.conf', file(), { conffile: true })).toEqual([
      ['forbidden-place', 'warning', expect.stringContaining('outside of /etc')],
    ]);
  });

  test('what is packaged is there, unless it is a manual that small systems leave out', () => {
    expect(faultsAt('/usr/lib/x', undefined)).toEqual([['wrong-file', 'error', 'it is packaged, and not there']]);
    expect(faultsAt('/usr/share/man/man1/x.1.gz', undefined)).toEqual([]);
  });

  test('folders that were there before the packages are of others', () => {
    const odd = snapshot({ '/var/lib': folder({ mode: 0o777 }) });
    const paths = [{ path: '/var/lib', package: 'hello', isConfiguration: false }];
    expect(faultsOf(packagedFiles(paths, odd, new Map()), odd, odd)).toEqual([]);
  });
});
