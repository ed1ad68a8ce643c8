import type { Host } from '@release-kit/action';
import type { PackageSearch } from '../upgrade/package-search.ts';
import { downloadOlder } from './older-versions.ts';
import { readPackageFiles } from './package-files.ts';

/** apt and dpkg as what finds a previous release. */
export function aptSearch(host: Host): PackageSearch {
  return {
    read: (machine, files) => readPackageFiles(host, machine, files),
    downloadOlder: (machine, set, source, folder) => downloadOlder(host, machine, set, source, folder),
  };
}
