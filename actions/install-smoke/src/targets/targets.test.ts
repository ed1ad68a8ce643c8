import { describe, expect, test } from '@jest/globals';
import type { ManifestFile } from '@release-kit/manifest';
import { chooseTargets, type TargetWishes } from './targets.ts';

const deb = (distribution: string, architecture = 'all'): ManifestFile => ({
  kind: 'deb',
  ...{ path: `a_1.0_${architecture}.deb`, size: 1, sha256: '0'.repeat(64), package: 'a', version: '1.0', architecture, distribution },
});
const nothing: TargetWishes = { distributions: [], architectures: [], configured: [], own: 'amd64', images: [] };
const names = (files: readonly ManifestFile[], wishes: Partial<TargetWishes> = {}): readonly string[] =>
  chooseTargets(files, { ...nothing, ...wishes }).map(({ name }) => name);

describe('the targets', () => {
  const files = [deb('debian:13'), deb('debian:12')];

  test('are by default all that there are packages for, each with its own', () => {
    expect(chooseTargets(files, nothing)).toEqual([
      {
        name: 'debian:12/amd64',
        distribution: 'debian:12',
        architecture: 'amd64',
        builtFor: 'debian:12',
        image: undefined,
        debs: [files[1]],
      },
      {
        name: 'debian:13/amd64',
        distribution: 'debian:13',
        architecture: 'amd64',
        builtFor: 'debian:13',
        image: undefined,
        debs: [files[0]],
      },
    ]);
  });

  test('come from the configuration where the inputs name none', () => {
    const configured = ['debian:13/arm64', 'debian:bookworm'];
    expect(names(files, { configured })).toEqual(['debian:13/arm64', 'debian:12/amd64']);
    expect(names(files, { configured, distributions: ['debian:12'] })).toEqual(['debian:12/amd64']);
    expect(names(files, { configured, architectures: ['arm64'] })).toEqual(['debian:12/arm64', 'debian:13/arm64']);
  });

  test('are every distribution with every architecture, except where a line names both', () => {
    expect(names(files, { distributions: ['debian:12', 'debian:13/armhf'], architectures: ['amd64', 'arm64'] })).toEqual([
      'debian:12/amd64',
      'debian:12/arm64',
      'debian:13/armhf',
    ]);
  });

  test('are each tried once, however often and by whichever name they are named', () => {
    expect(names(files, { distributions: ['debian:12', 'debian:bookworm', 'debian:12/amd64'] })).toEqual(['debian:12/amd64']);
  });

  test.each([
    [{ distributions: ['debian:21'] }, 'E_DISTRIBUTION'],
    [{ configured: ['debian:12/aarch64'] }, 'E_ARCHITECTURE'],
    [{ architectures: ['x86_64'] }, 'E_ARCHITECTURE'],
  ] as const)('that nobody knows are errors: %j', (wishes, code) => {
    expect(() => names([deb('debian:12')], wishes)).toThrowWithCode(code);
  });
});

describe('an image', () => {
  const images = (lines: readonly string[], distributions: readonly string[], architectures: readonly string[] = []) =>
    chooseTargets([deb('debian:12')], { ...nothing, distributions, architectures, images: lines }).map(({ image }) => image);

  test('stands for the only target, or for the one that it names', () => {
    expect(images(['./a=b.tar'], ['debian:12'])).toEqual(['./a=b.tar']);
    expect(images(['debian:12'], ['debian:12'])).toEqual(['debian:12']);
    expect(images(['debian:trixie = ./a.tar'], ['debian:12', 'debian:13'])).toEqual([undefined, './a.tar']);
    expect(images(['debian:12/arm64=x', 'debian:12/amd64=y'], ['debian:12'], ['amd64', 'arm64'])).toEqual(['y', 'x']);
  });

  test.each<[readonly string[], RegExp]>([
    [['./a.tar'], /is one system, and there are several targets: debian:12\/amd64, debian:13\/amd64/],
    [['ubuntu:24.04=./a.tar'], /an image for ubuntu:24\.04, and no such target/],
    [['debian:12=./a.tar', './b.tar'], /one of them does not say for which/],
    [['debian:12=./a.tar', 'debian:12=./b.tar'], /several images for debian:12\/amd64/],
    [['debian:12='], /the image of debian:12 is empty/],
  ])('that leaves doubt is an error: %j', (lines, message) => {
    expect(() => images(lines, ['debian:12', 'debian:13'])).toThrowWithCode('E_INPUT', message);
  });
});
