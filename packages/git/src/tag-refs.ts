/** A tag as git lists it, light or annotated. */
export interface TagRef {
  /** Without `refs/tags/`; a stranger's text. */
  readonly name: string;
  /** Of the commit that it names in the end; undefined when git did not say (a tag of a tag, for git before 2.45) and has to be asked. */
  readonly sha: string | undefined;
}

/** For `git for-each-ref --format=... refs/tags`: NUL and line feed stand in no name. */
export const tagRefsFormat = '%(refname)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)';

/**
 * Reads what git answers for `tagRefsFormat`, in the same order. Tags of anything else than commits (a key, a tree) are left out: they are no releases.
 *
 * @throws Error when the answer has another form
 */
export function parseTagRefs(text: string): readonly TagRef[] {
  const refs: TagRef[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [ref = '', type, sha, peeledType, peeled, ...more] = line.split('\0');
    if (!ref.startsWith('refs/tags/') || peeled === undefined || more.length > 0)
      throw new Error('git for-each-ref answered in a form that is not known');
    const name = ref.slice('refs/tags/'.length);
    const [finalType, finalSha] = type === 'tag' ? [peeledType, peeled] : [type, sha];
    if (finalType === 'commit') refs.push({ name, sha: finalSha });
    else if (finalType === 'tag') refs.push({ name, sha: undefined });
  }
  return refs;
}
