import type { Hint } from '@release-kit/debian';
import type { ManifestFile } from '@release-kit/manifest';
import type { Finding } from './finding.ts';
import type { Placed } from './placed.ts';
import type { Location } from './source-tree.ts';

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

export function findingOf(given: Partial<Hint>, more: Partial<Omit<Finding, 'hint'>> = {}): Finding {
  return { tool: 'lintian', hint: hintOf(given), status: 'open', distribution: 'debian:12', file: 'hello_1.0_amd64.deb', ...more };
}

export function placedOf(finding: Finding, more: Partial<Omit<Placed, 'finding'>> = {}): Placed {
  return { finding, location: undefined, standing: undefined, changed: undefined, ...more };
}

export function locationOf(shown: string, more: Partial<Location> = {}): Location {
  return { shown, place: undefined, exact: false, reason: 'some rule', ...more };
}
