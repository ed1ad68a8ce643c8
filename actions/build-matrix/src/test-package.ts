import { type Config, type PackageConfig, readConfig } from '@release-kit/config';
import type { SourcePackage } from './source-package.ts';

/** A package for tests, in the folder of its name. */
export function testPackage(name: string, architectures: readonly string[] = ['any'], more: Partial<SourcePackage> = {}): SourcePackage {
  const plain = { path: name, folder: name, name, source: name, binaries: [name], buildDepends: [], config: undefined, place: undefined };
  return { ...plain, architectures, ...more };
}

/** What the configuration says of a package, nothing but what is given. */
export function testPackageConfig(given: Partial<PackageConfig>): PackageConfig {
  const none = { name: undefined, paths: undefined, distributions: undefined, architectures: undefined, strategy: undefined };
  return { path: '.', ...none, strategies: {}, ...given };
}

export const testConfig = (text = ''): Promise<Config> => readConfig(text, 'release-kit.yml');
