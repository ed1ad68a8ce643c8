import { expect, test } from '@jest/globals';
import { destinationOf } from './path-tree.ts';
import { file, folder, link, snapshot } from './snapshot.test-support.ts';

const { entries } = snapshot({
  '/usr/lib/x': folder(),
  '/usr/lib/x/a': file(),
  '/usr/lib/x/up': link('../../bin/env'),
  '/usr/lib/x/absolute': link('/lib/x/up'),
  '/usr/lib/x/loop': link('loop'),
  '/usr/lib/x/none': link('gone'),
  '/usr/lib/x/null': link('/dev/null'),
  '/usr/lib/x/high': link('../../../../../usr/./bin//env'),
});

test.each([
  ['/usr/bin/env', '/usr/bin/env'],
  ['/bin/env', '/usr/bin/env'],
  ['/lib/x/a', '/usr/lib/x/a'],
  ['/usr/lib/x/up', '/usr/bin/env'],
  ['/usr/lib/x/absolute', '/usr/bin/env'],
  ['/usr/lib/x/high', '/usr/bin/env'],
  ['/', '/'],
])('%s leads to %s', (path, real) => {
  expect(destinationOf(entries, path)).toMatchObject({ kind: 'found', path: real });
});

test.each([
  ['/usr/lib/x/loop', 'missing'],
  ['/usr/lib/x/none', 'missing'],
  ['/nowhere', 'missing'],
  ['/usr/lib/x/null', 'elsewhere'],
])('%s is %s', (path, kind) => {
  expect(destinationOf(entries, path)).toEqual({ kind });
});

test('a link at the end is kept on request, those before it are followed', () => {
  expect(destinationOf(entries, '/lib/x/none', 'kept')).toMatchObject({ kind: 'found', path: '/usr/lib/x/none' });
});
