import type { HintType, LintianReport } from '@release-kit/debian';

const endings: Readonly<Record<HintType, RegExp>> = {
  binary: /\.d?deb$/,
  udeb: /\.udeb$/,
  source: /\.dsc$/,
  changes: /\.changes$/,
  buildinfo: /\.buildinfo$/,
};

/**
 * Gives the hints of a text report, which names packages only, to the files they are about, and each other file an entry without hints.
 * Where several files are of one package and type (two architectures handed over by themselves), text cannot tell them apart, and the
 * first has them all. Hints that fit no file keep what they have.
 *
 * @param files names of the files that were looked at, as another source proves
 */
export function namedFiles(report: LintianReport, files: readonly string[]): LintianReport {
  const nameOf = (name: string, type: HintType): string | undefined =>
    files.find((file) => endings[type].test(file) && file.slice(0, file.indexOf('_')) === name);
  const named = report.files.map(({ path, hints }) => {
    const [first] = hints;
    return { path: (first && nameOf(first.package, first.type)) ?? path, hints };
  });
  const seen = new Set(named.map(({ path }) => path));
  return { ...report, files: [...named, ...files.filter((file) => !seen.has(file)).map((path) => ({ path, hints: [] }))] };
}

const endOfDebug = /^N: (?:Finished processing group .*|Using \S+ to unpack.*)$/;

/**
 * Takes away what --debug prints on standard output before the first hint, thousands of comments in 2.104, of which the last would else
 * be taken for the reason of the first override. Only from the comments at the start, so that no package can hide a hint.
 */
export function withoutDebug(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !line.startsWith('N:'));
  return lines.slice(lines.slice(0, Math.max(first, 0)).findLastIndex((line) => endOfDebug.test(line)) + 1).join('\n');
}
