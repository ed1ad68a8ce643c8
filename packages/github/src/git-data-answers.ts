import { listOf, text } from './answer-field.ts';
import { field } from './field.ts';

/** A commit as the Git data interface shows it. */
export interface RemoteCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Whole. */
  readonly message: string;
}

export function readGitCommit(value: unknown): RemoteCommit {
  return {
    sha: shaOf(value),
    tree: shaOf(field(value, 'tree')),
    parents: listOf(field(value, 'parents'), 'parents of a commit').map(shaOf),
    message: text(value, 'message', 'commit'),
  };
}

/** A reference and what it names. */
export function readReference(value: unknown): { readonly ref: string; readonly sha: string } {
  return { ref: text(value, 'ref', 'reference'), sha: shaOf(field(value, 'object')) };
}

export function shaOf(value: unknown): string {
  return text(value, 'sha', 'git object');
}
