import { expect, test } from '@jest/globals';
import { parseDistribution } from '@release-kit/debian';
import { ownArchitecture } from '@release-kit/machine';
import { buildBaseRequest, helperBaseRequest } from './base-choice.ts';

const own = ownArchitecture();
const foreign = own === 'arm64' ? 'amd64' : 'arm64';
const choice = { distribution: parseDistribution('debian:12'), architecture: foreign, mirror: undefined, image: undefined };

test('a cross build happens in our own architecture, every other in that of the packages', () => {
  expect(buildBaseRequest({ ...choice, strategy: 'cross' }).architecture).toBe(own);
  expect(buildBaseRequest({ ...choice, strategy: 'emulate' }).architecture).toBe(foreign);
  expect(buildBaseRequest({ ...choice, strategy: 'emulate' })).not.toHaveProperty('image');
});

test('packages are looked at in our own architecture, unless there is an image, which has that of the build', () => {
  expect(helperBaseRequest({ ...choice, strategy: 'emulate' }).architecture).toBe(own);
  const given = { ...choice, image: './root.tar', mirror: 'https://mirror.example' };
  expect(helperBaseRequest({ ...given, strategy: 'emulate' })).toMatchObject({ ...given, architecture: foreign });
  expect(helperBaseRequest({ ...given, strategy: 'cross' })).toMatchObject({ ...given, architecture: own });
});
