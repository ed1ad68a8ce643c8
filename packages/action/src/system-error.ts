/**
 * The `code` of an error of Node or of the system: `ENOENT`. By shape, not by class, because the error may come from
 * another realm (a test's sandbox, a worker).
 */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
