import type { Hint } from '@release-kit/debian';
import type { ManifestFile } from '@release-kit/manifest';

/** A hint with every field that does not matter filled in. */
export function hintOf(given: Partial<Hint>): Hint {
  return {
    tag: 'some-tag',
    package: 'hello',
    type: 'binary',
    severity: 'error',
    experimental: false,
    overridden: false,
    masked: false,
    note: '',
    ...given,
  };
}

export function fileOf(kind: ManifestFile['kind'], path: string, distribution = 'debian:12'): ManifestFile {
  return { kind, path, distribution, size: 1, sha256: '0'.repeat(64), package: 'hello', version: '1.0', architecture: 'amd64' };
}
