import { expect, test } from '@jest/globals';
import { reproduceCommand } from './reproduce.ts';
import { resultOf } from './smoke-result.test-support.ts';

test('the command tries the same packages on the same system, and opens a shell', () => {
  const { target } = resultOf('debian:12/arm64');
  const folders = { source: '', packages: 'out' };
  expect(reproduceCommand(target, folders)).toBe('release-kit smoke --distributions=debian:12 --architectures=arm64 --shell-on-failure .');
  expect(reproduceCommand({ ...target, image: './my root.tar' }, { source: '-x', packages: 'a;b' })).toBe(
    "release-kit smoke --distributions=debian:12 --architectures=arm64 '--image=./my root.tar' '--output=a;b' --shell-on-failure ./-x",
  );
});

test('packages that are gone when the run has ended are built once more before', () => {
  const { target } = resultOf('debian:12/arm64');
  expect(reproduceCommand(target, { source: 'my hello', packages: undefined })).toBe(
    "release-kit build --arch=arm64 'my hello' && " +
      "release-kit smoke --distributions=debian:12 --architectures=arm64 --shell-on-failure 'my hello'",
  );
});
