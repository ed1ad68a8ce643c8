import { expect, test } from '@jest/globals';
import { imageConfig, imageManifest, imageTag } from './docker-image.ts';
import { personalityArgs, platformName } from './docker-platform.ts';

test('an image is named by the key of its base system and what is laid over it', () => {
  expect(imageTag({ key: 'debian-12-amd64-0123-4567', layers: [] })).toBe('debian-12-amd64-0123-4567');
  expect(imageTag({ key: 'debian-12-amd64-0123-4567+dependencies-89ab', layers: [] })).toBe('debian-12-amd64-0123-4567.dependencies-89ab');
  const [one, other] = ['/a', '/b'].map((layer) => imageTag({ key: 'k', layers: [layer] }));
  expect(one).toMatch(/^k-[0-9a-f]{16}$/);
  expect(other).not.toBe(one);
  expect(imageTag({ key: 'odd:key/with blanks', layers: [] })).toMatch(/^[0-9a-f]{16}$/);
  expect(imageTag({ key: 'k'.repeat(300), layers: ['/a'] }).length).toBeLessThanOrEqual(128);
});

test('an image says its architecture by the names of images, not of Debian', () => {
  expect(JSON.parse(imageConfig('armhf', 'ab'))).toEqual({
    architecture: 'arm',
    variant: 'v7',
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: {},
    rootfs: { type: 'layers', diff_ids: ['sha256:ab'] },
  });
  expect(JSON.parse(imageManifest('n:t'))).toEqual([{ Config: 'config.json', RepoTags: ['n:t'], Layers: ['layer.tar'] }]);
  expect(['amd64', 'arm64', 'i386', 'ppc64el'].map(platformName)).toEqual(['linux/amd64', 'linux/arm64/v8', 'linux/386', 'linux/ppc64le']);
  expect(() => platformName('m68k')).toThrowWithCode('E_ARCHITECTURE', /m68k/);
});

test('programs of a machine for i386 are told that it is one', () => {
  expect(personalityArgs('i386')).toContain('i686');
  expect(personalityArgs('amd64')).toEqual([]);
});
