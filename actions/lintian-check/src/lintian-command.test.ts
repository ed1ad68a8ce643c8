import { expect, test } from '@jest/globals';
import { explainArgv, lintianArgv } from './lintian-command.ts';

test('lintian displays everything, takes no settings from the machine, and fails only when it breaks', () => {
  const argv = lintianArgv('json', 'debian:12', ['hello_1.0_amd64.changes']);
  expect(argv.slice(0, 3)).toEqual(['lintian', '--exp-output', 'format=json']);
  for (const option of ['--display-info', '--display-experimental', '--pedantic', '--show-overrides']) expect(argv).toContain(option);
  for (const option of ['--no-user-dirs', '--no-cfg', '--ignore-lintian-env']) expect(argv).toContain(option);
  expect(argv.join(' ')).toContain('--profile debian --fail-on none');
  expect(argv.at(-1)).toBe('/srv/lint/hello_1.0_amd64.changes');
});

test('the profile is that of the vendor the packages are for', () => {
  expect(lintianArgv('text', 'ubuntu:24.04', ['a.deb']).join(' ')).toContain('--profile ubuntu');
  expect(explainArgv('ubuntu:22.04', ['a-tag'], 100).join(' ')).toContain('--profile ubuntu --output-width 100 --tags a-tag');
  expect(explainArgv('debian:11', ['a-tag'], undefined)).not.toContain('--output-width');
  expect(lintianArgv('text', 'ubuntu:24.04', ['a.deb'])).not.toContain('--exp-output');
});

test('a profile and tags that are not looked for are added; as text, lintian says which files it checks', () => {
  const argv = lintianArgv('text', 'debian:12', ['a.deb'], { profile: 'kali/main', suppressed: ['a-tag', 'b/c'] }).join(' ');
  expect(argv).toContain('--profile kali/main --fail-on none --suppress-tags a-tag,b/c /srv/lint/a.deb');
  expect(argv).toContain('--debug');
});
