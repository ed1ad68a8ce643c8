import { inertLine, UserError } from '@release-kit/action';
import type { PreparedFile } from './target-file.ts';

/** Throws E_INPUT for a file that is there twice: what is written last would take away what was written first. */
export function refuseTwice(files: readonly PreparedFile[]): void {
  const paths = new Set<string>();
  for (const { path, shown } of files) {
    if (paths.has(path))
      throw new UserError('E_INPUT', `${inertLine(shown)} would be written twice`, {
        place: { file: shown },
        cure: 'Name it once. Changelogs get their entries without being listed in bump-files, or in changelog.bump of the configuration.',
      });
    paths.add(path);
  }
}
