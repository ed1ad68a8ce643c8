import { expect, test } from '@jest/globals';
import { file, link, snapshot } from '../files/snapshot.test-support.ts';
import { configurationFiles } from './changed-by-hand.ts';

const packaged = (path: string, isConfiguration = false) => ({ path, package: 'a', isConfiguration });

test('conffiles are changed, and what else the installation made below /etc, but nothing that is no text or not its own', () => {
  const before = snapshot({ '/etc/old.conf': file() });
  const after = snapshot({
    '/etc/old.conf': file(),
    '/etc/a/a.conf': file(),
    '/etc/a/huge.conf': file({ size: 10_000_000 }),
    '/etc/a/made.conf': file(),
    '/etc/a/link.conf': link('made.conf'),
    '/etc/a/shipped': file(),
    '/etc/systemd/system/a.service.d/made.conf': file(),
    '/var/lib/a/state': file(),
  });
  const paths = [
    ...[packaged('/etc/a/a.conf', true), packaged('/etc/a/huge.conf', true), packaged('/etc/a/gone.conf', true)],
    packaged('/etc/a/shipped'),
  ];
  expect(configurationFiles(paths, before, after)).toEqual([
    { path: '/etc/a/a.conf', owned: true },
    { path: '/etc/a/made.conf', owned: false },
  ]);
});
