import { matches } from '@release-kit/action';

/** Whether one of the patterns covers a path; `/opt/x/**` covers the folder as well. */
export function covers(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matches(pattern, path) || (pattern.endsWith('/**') && matches(pattern.slice(0, -3), path)));
}
