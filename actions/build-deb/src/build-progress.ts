import { inertLine, type Progress } from '@release-kit/action';

/** Enough for any message to be found with its surroundings; the whole log is in the file. */
const linesKept = 50_000;
/** Longer lines hold no message; a build may print hundreds of megabytes in one. */
const longestLine = 8192;

export interface BuildProgress {
  /** Takes one line of the build's output. */
  readonly take: (line: string) => void;
  /** The last lines, at most 100,000 of at most 8192 characters. */
  readonly lines: readonly string[];
  /** What was begun last: `dh_auto_build`. */
  readonly step: string | undefined;
}

/** Keeps the lines that failures are read from, and shows which step of debhelper is running, and how far it is. */
export function buildProgress(progress: Progress): BuildProgress {
  const lines: string[] = [];
  let step: string | undefined;
  return {
    lines,
    get step() {
      return step;
    },
    take: (line) => {
      if (lines.push(shortened(line)) > linesKept * 2) lines.splice(0, linesKept);
      const begun = stepOf(line);
      step = begun ?? step;
      const count = begun === undefined ? countOf(line) : undefined;
      if (begun !== undefined) progress.update(`building: ${begun}`);
      else if (count !== undefined) progress.update(`building: ${step ?? ''} ${count}`.replace(':  ', ': '));
    },
  };
}

/** A copy, since a slice would keep the whole line in memory. */
function shortened(line: string): string {
  return line.length <= longestLine ? line : Buffer.from(line.slice(0, longestLine)).toString();
}

/** `   dh_auto_build` and `dpkg-deb: building package 'x'` name a step; other lines do not. */
export function stepOf(line: string): string | undefined {
  const helper = /^ {3}(dh_[a-z_0-9]+|debian\/rules [a-z_0-9-]+)/.exec(line)?.[1];
  if (helper !== undefined) return helper;
  const deb = /^dpkg-deb: building package '([a-z0-9+.-]+)'/.exec(line)?.[1];
  return deb === undefined ? undefined : inertLine(`package ${deb}`);
}

/** How far ninja (`[12/340] …`), CMake's make (`[ 45%] …`) or CTest (`3/12 Test …`) say they are. */
export function countOf(line: string): string | undefined {
  const [, files, percent, tests] =
    /^(?:\[(\d{1,6}\/\d{1,6})\] |\[ {0,2}(\d{1,3}%)\] |\s*(\d{1,6}\/\d{1,6}) Test +#)/.exec(line.slice(0, 40)) ?? [];
  return files ?? percent ?? tests;
}
