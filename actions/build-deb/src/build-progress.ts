import { inertLine, type Progress } from '@release-kit/action';

/** Enough for any message to be found with its surroundings; the whole log is in the file. */
const linesKept = 50_000;

export interface BuildProgress {
  /** Takes one line of the build's output. */
  readonly take: (line: string) => void;
  /** The last lines, at most 50,000. */
  readonly lines: readonly string[];
}

/** Keeps the lines that failures are read from, and shows which step of debhelper is running. */
export function buildProgress(progress: Progress): BuildProgress {
  const lines: string[] = [];
  return {
    lines,
    take: (line) => {
      if (lines.push(line) > linesKept * 2) lines.splice(0, linesKept);
      const step = stepOf(line);
      if (step !== undefined) progress.update(step);
    },
  };
}

/** `   dh_auto_build` and `dpkg-deb: building package 'x'` name a step; other lines do not. */
export function stepOf(line: string): string | undefined {
  const helper = /^ {3}(dh_[a-z_0-9]+|debian\/rules [a-z_0-9-]+)/.exec(line)?.[1];
  if (helper !== undefined) return `building: ${helper}`;
  const deb = /^dpkg-deb: building package '([a-z0-9+.-]+)'/.exec(line)?.[1];
  return deb === undefined ? undefined : inertLine(`building: package ${deb}`);
}
