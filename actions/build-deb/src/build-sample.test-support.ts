import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingHost } from '@release-kit/action';

export const tree = '/build/x-1.0';
/** What a build prints that fails in a compiler. */
export const log = [
  '   dh_auto_build',
  'a.c:2:3: warning: unused',
  'a.c:5:7: error: ‘y’ undeclared',
  'a.c:5:7: error: ‘y’ undeclared',
  'a.c:8:1: error: second ::error::x',
  'make: *** [Makefile:2: a] Error 1',
  'dpkg-buildpackage: error: debian/rules binary subprocess returned exit status 2',
];

/** The source that `log` is about, in the workspace. */
export async function places(host: RecordingHost) {
  const source = join(host.files.workspace, 'pkg');
  await mkdir(source);
  await writeFile(join(source, 'a.c'), '');
  return { source, workspace: host.files.workspace, tree };
}
