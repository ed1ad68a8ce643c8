import type { Files } from './built-tree.ts';

/** Who and when, as git writes it: `Name <mail> 1700000000 +0100`. */
export interface Signature {
  readonly author: string;
  readonly committer: string;
}

export interface NewCommit {
  /** Full name of the commit before it. */
  readonly parent: string;
  readonly signature: Signature;
  readonly message: string;
  /** Whether nothing of the commit before it stays. */
  readonly fresh: boolean;
  readonly files: Files;
}

/** git-fast-import(1)'s input for one commit on `ref`: no index, no work tree, the same bytes for the same files. */
export function commitStream(ref: string, { parent, signature, message, fresh, files }: NewCommit): Buffer {
  const parts: (Buffer | string)[] = [];
  const paths = [...files.keys()];
  for (const [index, path] of paths.entries()) {
    const bytes = files.get(path) ?? Buffer.alloc(0);
    parts.push(`blob\nmark :${index + 1}\ndata ${bytes.length}\n`, bytes, '\n');
  }
  parts.push(`commit ${ref}\n`, `author ${signature.author}\ncommitter ${signature.committer}\n`);
  parts.push(`data ${Buffer.byteLength(message)}\n${message}\nfrom ${parent}\n`);
  if (fresh) parts.push('deleteall\n');
  for (const [index, path] of paths.entries()) parts.push(`M 100644 :${index + 1} ${path}\n`);
  parts.push('done\n');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** The object of an annotated tag, for git-mktag(1). */
export const tagObject = (commit: string, tag: string, { committer }: Signature, message: string): Buffer =>
  Buffer.from(`object ${commit}\ntype commit\ntag ${tag}\ntagger ${committer}\n\n${message}`);
