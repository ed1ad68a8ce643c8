import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';

/** A file that was changed by hand. */
export interface ChangedFile {
  readonly path: string;
  /** Of the file after the change. */
  readonly sha256: string;
  /** What was put at its end. */
  readonly text: string;
  /** Whether it is a conffile, which no script may touch (Debian Policy 10.7.3). */
  readonly owned: boolean;
}

/** Configuration after the version changed. */
export interface ConfigurationNow {
  /** All files below /etc -> SHA-256. */
  readonly digests: ReadonlyMap<string, string>;
  /** Changed files that still end with what was put there. */
  readonly endings: ReadonlySet<string>;
}

/** What became of the changes. */
export interface KeptChanges {
  readonly problems: readonly Problem[];
  readonly kept: readonly ChangedFile[];
  /** New defaults that dpkg laid beside changed files: where a person would have been asked. */
  readonly asked: readonly string[];
}

/**
 * Whether each change by hand is still there: in its file, or in the one it was moved to as dpkg-maintscript-helper(1) does. `when`
 * completes "after …".
 */
export function judgeChanges(changed: readonly ChangedFile[], now: ConfigurationNow, when: string): KeptChanges {
  const problems: Problem[] = [];
  const kept: ChangedFile[] = [];
  for (const file of changed) {
    const current = now.digests.get(file.path);
    if (current === file.sha256) kept.push(file);
    else if (current === undefined) {
      // Gone with its old name: kept elsewhere, or lost.
      if (![...now.digests.values()].includes(file.sha256)) problems.push(lost(file, `is gone after ${when}, with the change`));
    } else if (!now.endings.has(file.path)) problems.push(lost(file, `lost the change after ${when}`));
    else {
      kept.push({ ...file, sha256: current });
      if (file.owned) problems.push({ ...lost(file, `was edited by a script during ${when}`), level: 'warning' });
    }
  }
  const asked = [...now.digests.keys()].filter((path) => changed.some((file) => path === `${file.path}.dpkg-dist`));
  return { problems, kept, asked: asked.map((path) => inertLine(path.replace(/\.dpkg-dist$/, ''))).sort() };
}

function lost({ path, owned }: ChangedFile, what: string): Problem {
  const file = `${owned ? 'the conffile' : 'the configuration file'} ${inertLine(path)}`;
  return { category: 'conffile-overwritten', message: `${file}, changed by hand, ${what}`, subject: { kind: 'path', path } };
}

/** Conffiles that the new version no longer has and that are still there: they stay for good, unless the package removes them. */
export function obsoleteConffiles(
  before: readonly string[],
  after: readonly string[],
  digests: ReadonlyMap<string, string>,
): readonly Problem[] {
  return before
    .filter((path) => !after.includes(path) && digests.has(path))
    .sort()
    .map((path) => ({
      category: 'obsolete-conffile',
      level: 'warning',
      message: `the conffile ${inertLine(path)} is not in the new version, and stayed`,
      subject: { kind: 'path', path },
    }));
}
