import { expect, test } from '@jest/globals';
import { initScriptUnits, instanceOf, instancesAmong, packagedUnits, unitsIn } from './packaged-unit.ts';

const paths = [
  '/.',
  '/lib/systemd/system/a.service',
  '/usr/lib/systemd/system/b.socket',
  '/usr/lib/systemd/system/b.timer',
  '/usr/lib/systemd/system/a.service',
  '/lib/systemd/system/t@.service',
  '/lib/systemd/system/a.service.d/x.conf',
  '/lib/systemd/system/multi-user.target.wants/a.service',
  '/usr/share/doc/c.service',
  '/usr/lib/systemd/user/d.service',
  '/lib/systemd/system/e.target',
];

test('units are found by their path, once each: of all kinds, templates and those of users as well; drop-ins and links of targets are none', () => {
  const units = packagedUnits(paths.map((path) => ({ path, package: 'p' })));
  expect(units.map(({ name, manager, isTemplate }) => [name, manager, isTemplate])).toEqual([
    ['a.service', 'system', false],
    ['b.socket', 'system', false],
    ['b.timer', 'system', false],
    ['d.service', 'user', false],
    ['e.target', 'system', false],
    ['t@.service', 'system', true],
  ]);
  expect(units[0]).toMatchObject({ package: 'p', path: '/usr/lib/systemd/system/a.service' });
});

test('those that can be started are services, sockets, timers and paths of the system', () => {
  expect(unitsIn(paths)).toEqual(['a.service', 'b.socket', 'b.timer']);
});

test('an instance has its name between the sign and the kind, whatever signs it has itself', () => {
  expect(instanceOf('t@.service', 'a$&.b')).toBe('t@a$&.b.service');
});

test('an init script is a service of its name, unless a unit of the packages is', () => {
  const init = ['/etc/init.d/a', '/etc/init.d/old', '/etc/init.d/net.sh', '/etc/init.d/.depend.boot', '/etc/init.d/x/y'];
  const all = [...paths, ...init].map((path) => ({ path, package: 'p' }));
  expect(initScriptUnits(all, packagedUnits(all)).map(({ name, path }) => [name, path])).toEqual([
    ['old.service', '/etc/init.d/old'],
    ['net.service', '/etc/init.d/net.sh'],
  ]);
});

test('instances are those of packaged templates, by the name before their sign', () => {
  const packaged = packagedUnits(paths.map((path) => ({ path, package: 'p' })));
  expect(instancesAmong(['t@-.service', 't@a@b.service', 't@.service', 'tt@a.service', 't.service', 't@a.timer'], packaged)).toEqual([
    't@-.service',
    't@a@b.service',
  ]);
});
