import { expect, test } from '@jest/globals';
import { changedConfiguration, keptText } from './configuration.ts';

test('configuration that a script changed or deleted is told; what was gone before is not', () => {
  const before = new Map([
    ['/etc/a', '1'],
    ['/etc/b', '2'],
    ['/etc/c', '3'],
    ['/etc/gone', undefined],
  ]);
  const after = new Map([
    ['/etc/a', '1'],
    ['/etc/b', '9'],
    ['/etc/c', undefined],
    ['/etc/gone', '4'],
  ]);
  expect(changedConfiguration(before, after, 'the reinstallation').map(({ category, message }) => [category, message])).toEqual([
    ['conffile-changed', 'the configuration file /etc/b is not as it was after the reinstallation'],
    ['conffile-lost', 'the configuration file /etc/c is gone after the reinstallation'],
  ]);
});

test('what is kept is counted', () => {
  expect(keptText(new Map())).toBe('');
  expect(keptText(new Map([['/etc/a', '1']]))).toBe('one configuration file kept');
  expect(keptText(new Map([...'abc'].map((name) => [name, name])))).toBe('3 configuration files kept');
});
