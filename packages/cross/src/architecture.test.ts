import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { architectureOf, architectures } from './architecture.ts';

describe('the table of architectures', () => {
  test.each(architectures)('says of $name what dpkg-architecture says', (architecture) => {
    const output = execFileSync('dpkg-architecture', ['-f', `-a${architecture.name}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'] ?? '', CC: 'true' },
    });
    const said = new Map(output.split('\n').map((line): [string, string] => [line.split('=')[0] ?? '', line.split('=')[1] ?? '']));
    expect(architecture).toMatchObject({
      gnu: said.get('DEB_HOST_GNU_TYPE'),
      multiarch: said.get('DEB_HOST_MULTIARCH'),
      bits: Number(said.get('DEB_HOST_ARCH_BITS')),
      endian: said.get('DEB_HOST_ARCH_ENDIAN'),
    });
  });
});

test('an architecture that is not in the table is refused', () => {
  expect(architectureOf('arm64').rust).toBe('aarch64-unknown-linux-gnu');
  expect(() => architectureOf('aarch64')).toThrowWithCode('E_ARCHITECTURE', /aarch64/);
});
