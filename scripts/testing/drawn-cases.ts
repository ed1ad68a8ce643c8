/** Whether a test file, by its text, draws cases: loading what draws them takes longer than most tests, so it is done where it is used. */
export function drawsCases(source: string): boolean {
  return / from 'fast-check'/.test(source);
}
