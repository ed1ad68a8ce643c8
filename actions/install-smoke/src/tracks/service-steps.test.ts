import { expect, test } from '@jest/globals';
import { thereText } from './service-steps.ts';

const one = (name: string) => ({ name, version: '1.0', architecture: 'amd64', file: `/${name}.deb` });
const session = {
  packages: { label: 'new', packages: [one('web'), one('web-mod')] },
  target: { name: 'debian:12/amd64', distribution: 'debian:12', architecture: 'amd64', builtFor: 'debian:12', image: undefined, debs: [] },
};

test('a package that was there before is named, since its installation was no first one', () => {
  const before = [
    { kind: 'package', text: 'web:amd64', paths: [] },
    { kind: 'package', text: 'web-mods:amd64', paths: [] },
    { kind: 'answer', text: 'web-mod', paths: [] },
  ] as const;
  expect(thereText(session, before)).toBe('; no first installation, as debian:12 brought it before: web');
  expect(thereText(session, before.slice(1))).toBe('');
});
