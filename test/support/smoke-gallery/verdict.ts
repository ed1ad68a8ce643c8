import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Place, type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-install-smoke';
import type { ManifestFile } from '@release-kit/manifest';
import { manifestOf, type TinyPackage, tinyPackage } from '../packages.ts';
import { type BrokenPackage, unitFolder } from './broken-package.ts';

/** What a maintainer is told of one thing that is wrong. */
export interface VerdictProblem {
  readonly track: string;
  readonly category: string;
  /** Times and process numbers stand as `N`. */
  readonly message: string;
  /** `debian/broken.postinst:4`; '' for none. */
  readonly place: string;
  /** Only where it is no failure. */
  readonly level?: 'warning';
}

/** What came of one broken package. */
export interface Verdict {
  readonly outcome: string;
  /** Code of the error that ended the run; '' for none. */
  readonly code: string;
  /** In the order in which they were found. */
  readonly problems: readonly VerdictProblem[];
}

export interface Told {
  readonly verdict: Verdict;
  /** Where the error that ended the run points to. */
  readonly place: Place | undefined;
}

/** Takes the broken package through install-smoke, in the workspace of the host, and reads the report. */
export async function verdictOf(host: RecordingHost, broken: BrokenPackage, given: Readonly<Record<string, string>> = {}): Promise<Told> {
  const { workspace } = host.files;
  await writeSource(workspace, broken);
  await provide(host, join(workspace, 'previous'), broken.previous ?? []);
  await manifestOf(join(workspace, 'out'), await provide(host, join(workspace, 'out'), broken.packages));
  const inputs = { timeout: broken.timeout ?? '60s', report: 'report.json', ...given };
  const error: unknown = await run(readInputs(spec, inputs, { workspace, nameOf: (name) => `input ${name}` }), host).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error !== undefined && !(error instanceof UserError)) throw new Error(`not a verdict on ${broken.name}`, { cause: error });
  const report = join(workspace, 'report.json');
  if (!existsSync(report)) throw new Error(`no report on ${broken.name}`, { cause: error });
  const read = await readReport(report);
  const verdict = { ...read, code: error instanceof UserError ? error.code : '' };
  return { verdict, place: error instanceof UserError ? error.place : undefined };
}

async function provide(host: RecordingHost, folder: string, packages: readonly TinyPackage[]): Promise<readonly ManifestFile[]> {
  const files: ManifestFile[] = [];
  if (packages.length === 0) return files;
  await mkdir(folder);
  for (const each of packages) files.push(await tinyPackage(host, folder, each));
  return files;
}

/** The source tree that the packages were made from, as far as annotations point into it. */
async function writeSource(workspace: string, { packages, source = {}, smoke = [] }: BrokenPackage): Promise<void> {
  const paragraphs = packages.map(({ name, depends, fields = [] }) =>
    [
      `Package: ${name}`,
      'Architecture: all',
      ...(depends === undefined ? [] : [`Depends: ${depends}`]),
      ...fields,
      'Description: broken',
      '',
    ].join('\n'),
  );
  const maintainer = 'Maintainer: Example Maintainer <maintainer@example.org>';
  const files: Record<string, string> = {
    'debian/control': [`Source: broken\n${maintainer}\n`, ...paragraphs].join('\n'),
    'release-kit.yml': ['smoke:', ...(smoke.length === 0 ? ['  commands: ["true"]'] : smoke.map((line) => `  ${line}`)), ''].join('\n'),
    ...source,
  };
  for (const { name, scripts = {}, files: installed = {} } of packages) {
    for (const [script, lines] of Object.entries(scripts)) files[`debian/${name}.${script}`] = `#!/bin/sh\nset -e\n${lines}\n`;
    const paths = Object.entries(installed);
    for (const [path, content] of paths) if (isUnit(path)) files[`debian/${path.slice(unitFolder.length + 1)}`] = content;
    const others = paths.filter(([path]) => !isUnit(path)).map(([path]) => `${path} ${dirname(path)}\n`);
    if (others.length > 0) files[`debian/${name}.install`] = others.join('');
  }
  await mkdir(join(workspace, 'debian'));
  for (const [path, content] of Object.entries(files)) await writeFile(join(workspace, path), content);
}

const isUnit = (path: string): boolean => dirname(path) === unitFolder;

/** The parts of the report that a verdict is made of; the report's own schema is tested elsewhere. */
async function readReport(path: string): Promise<Omit<Verdict, 'code'>> {
  const report: Report = JSON.parse(await readFile(path, 'utf8'));
  const problems = report.targets.flatMap((target) => [
    ...target.problems.map((problem) => worded('', problem)),
    ...target.tracks.flatMap(({ name, problems: found }) => found.map((problem) => worded(name, problem))),
  ]);
  return { outcome: report.targets.map(({ outcome }) => outcome).join(', '), problems };
}

interface ReportedProblem {
  readonly category: string;
  readonly message: string;
  readonly level: string;
  readonly place: { readonly file: string; readonly line: number | null } | null;
}

interface Report {
  readonly targets: readonly {
    readonly outcome: string;
    readonly problems: readonly ReportedProblem[];
    readonly tracks: readonly { readonly name: string; readonly problems: readonly ReportedProblem[] }[];
  }[];
}

function worded(track: string, { category, message, level, place }: ReportedProblem): VerdictProblem {
  return {
    track,
    category,
    message: steady(message),
    place: place === null ? '' : [place.file, ...(place.line === null ? [] : [place.line])].join(':'),
    ...(level === 'warning' ? { level } : {}),
  };
}

/** Without what differs from run to run. */
export function steady(message: string): string {
  return (
    message
      .replace(/\b\d+(?:\.\d+)? (ms|s|times)\b/g, 'N $1')
      // Folders take more or less room, as the file system has it.
      .replace(/\b(is|had) \d+(?:\.\d+)? ([KM]iB)\b/g, '$1 N $2')
      .replace(/\bonce\b/g, 'N times')
      .replace(/\bof \d+ lines\b/g, 'of N lines')
      // Which of these a service that ends again and again is in depends on the moment.
      .replace(/failed after \d+ restarts|ended and was restarted N times|ended and waits to be restarted/, 'ends again and again')
      // Packages of the archive are updated.
      .replace(/\b\d\S*\+deb\d+u\d+/g, 'N')
      .replace(/\bPID \d+|\bprocess \d+/g, (found) => found.replace(/\d+/, 'N'))
  );
}
