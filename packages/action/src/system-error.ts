/**
 * The `code` of an error of Node or of the system: `ENOENT`. By shape, not by class, because the error may come from
 * another realm (a test's sandbox, a worker).
 */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What a file system says when there is no room: errno(3). */
export const noRoom: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on its disk',
  EDQUOT: 'the quota of its disk is used up',
  EFBIG: 'files of this size are not allowed there',
};

/** Why a file system refused, for people: in words where there is no room, else its code. undefined of anything that is no answer of a system. */
export function refusalOf(error: unknown): string | undefined {
  const code = codeOf(error);
  // The system's codes; those of Node have underscores.
  return code === undefined || !/^E[A-Z0-9]+$/.test(code) ? undefined : (noRoom[code] ?? code);
}
