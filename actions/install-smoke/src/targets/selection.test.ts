import { describe, expect, test } from '@jest/globals';
import type { ManifestFile } from '@release-kit/manifest';
import { distributionsOf, selectDebs } from './selection.ts';

const deb = (name: string, architecture = 'amd64', distribution = 'debian:12', kind: ManifestFile['kind'] = 'deb'): ManifestFile => ({
  kind,
  path: `${name}_1.0_${architecture}.deb`,
  size: 1,
  sha256: '0'.repeat(64),
  package: name,
  version: '1.0',
  architecture,
  distribution,
});

const on = (distribution = 'debian:12', architecture?: string) => ({ distribution, architecture, own: 'amd64' });

describe('selectDebs', () => {
  test('packages for another architecture alone are installed in a machine of that architecture', () => {
    const files = [deb('a', 'arm64'), deb('a-data', 'all')];
    expect(selectDebs(files, on())).toMatchObject({ architecture: 'arm64', debs: files });
    expect(selectDebs([...files, deb('a')], on())).toMatchObject({ architecture: 'amd64' });
    expect(selectDebs([...files, deb('a')], on('debian:12', 'arm64'))).toMatchObject({ architecture: 'arm64', debs: files });
    expect(() => selectDebs([...files, deb('a', 'armhf')], on())).toThrowWithCode('E_INPUT', /arm64, armhf, and none is named/);
    expect(selectDebs([deb('a-data', 'all')], on())).toMatchObject({ architecture: 'amd64' });
  });

  test('takes packages of this architecture and of all, without debug symbols', () => {
    const files = [deb('a'), deb('a-data', 'all'), deb('a-dbgsym'), deb('b', 'arm64'), deb('a', 'amd64', 'debian:12', 'changes')];
    const { debs, ...rest } = selectDebs(files, on());
    expect(debs.map((file) => file.package)).toEqual(['a', 'a-data']);
    expect(rest).toEqual({ builtFor: 'debian:12', architecture: 'amd64' });
  });

  test('packages may be tried on another distribution than theirs', () => {
    expect(selectDebs([deb('a')], on('debian:13'))).toMatchObject({ builtFor: 'debian:12' });
  });

  test('each distribution gets its own packages; one without any gets none of several others', () => {
    const files = [deb('a'), deb('a', 'amd64', 'debian:13')];
    expect(selectDebs(files, on('debian:13'))).toMatchObject({ builtFor: 'debian:13', debs: [files[1]] });
    expect(distributionsOf(files)).toEqual(['debian:12', 'debian:13']);
    expect(() => selectDebs(files, on('ubuntu:24.04'))).toThrowWithCode('E_INPUT', /debian:12, debian:13, and none is for ubuntu:24\.04/);
  });

  test('nothing to install is an error that says why', () => {
    expect(() => selectDebs([deb('a', 'arm64')], on('debian:12', 'amd64'))).toThrowWithCode('E_ARCHITECTURE', /are for arm64; .* on amd64/);
    expect(() => selectDebs([deb('a-dbgsym')], on())).toThrowWithCode('E_MANIFEST');
  });
});
