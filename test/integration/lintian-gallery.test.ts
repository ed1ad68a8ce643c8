/** @slow 70 */
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import { openSourceTree, placeAll, rankFindings } from '@release-kit/action-lintian-check';
import { type LintianReport, parseDistribution, parseLintianJson } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
import { archivedPackages } from '../support/archive-packages.ts';
import { compareGallery, type GalleryEntry, galleryFinding, gallerySets, galleryText, goldenGallery } from '../support/lint-gallery.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';

/** Milliseconds; the first run fetches all packages of the gallery. */
const long = 900_000;
const update = process.env['RELEASE_KIT_UPDATE_GALLERY'] === '1';
/** One of each kind: C with patches, several packages, conffiles and units; Perl, Go, Rust and Haskell; a library. */
const some = [
  'cron',
  'golang-github-mattn-go-isatty',
  'haskell-split',
  'hello',
  'libtext-csv-xs-perl',
  'libyaml',
  'rust-fd-find',
  'tinyproxy',
];
const wanted = gallerySets.filter(({ source }) => update || takesAll || some.includes(source));

/** Runs one lintian over all files, as the action does. */
async function reportOn(host: RecordingHost, files: readonly string[]): Promise<LintianReport> {
  const request = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.lint };
  await using machine = await createMachine(host, await prepareBase(host, request), 'nspawn');
  await using staging = await host.files.temporary('gallery');
  for (const file of files) await copyFile(file, join(staging.path, basename(file)));
  await host.exec(['chmod', '-R', 'a+rX', staging.path]);
  await machine.copyIn(staging.path, '/srv/lint');
  const display = ['--display-info', '--display-experimental', '--pedantic', '--show-overrides'];
  const own = ['--no-user-dirs', '--no-cfg', '--ignore-lintian-env', '--profile', 'debian', '--fail-on', 'none'];
  const subjects = files.filter((file) => /\.(?:deb|dsc)$/.test(file)).map((file) => `/srv/lint/${basename(file)}`);
  const { stdout } = await machine.run(['lintian', '--exp-output', 'format=json', ...display, ...own, ...subjects], {
    user: 'nobody',
    env: { HOME: '/tmp', TMPDIR: '/tmp' },
    network: false,
    cwd: '/tmp',
    timeout: long,
  });
  return parseLintianJson(stdout);
}

async function entryOf(host: RecordingHost, source: string, files: readonly string[], report: LintianReport): Promise<GalleryEntry> {
  const tree = join(host.files.workspace, source);
  const dsc = files.find((file) => file.endsWith('.dsc')) ?? '';
  await host.exec(['dpkg-source', '--no-check', '--extract', dsc, tree]);
  const names = new Set(files.map((file) => basename(file)));
  const own = { ...report, files: report.files.filter(({ path }) => names.has(basename(path))) };
  const findings = rankFindings([{ distribution: 'debian:12', report: own }]).filter(({ hint }) => hint.severity !== 'classification');
  const placed = await placeAll(findings, await openSourceTree(tree, tree), host);
  const read = (path: string): readonly string[] => readFileSync(join(tree, path), 'utf8').split('\n');
  return {
    source,
    version: basename(dsc, '.dsc').slice(source.length + 1),
    lintian: report.version ?? '',
    findings: placed.map((one) => galleryFinding(one, read)),
  };
}

describeWithMachines('findings of real packages', () => {
  const entries = new Map<string, GalleryEntry>();
  let host: RecordingHost;

  beforeAll(async () => {
    host = await machineHost();
    const sets = await archivedPackages(host, wanted);
    const report = await reportOn(host, [...sets.values()].flat());
    for (const [source, files] of sets) entries.set(source, await entryOf(host, source, files, report));
    if (!update) return;
    const folder = join(import.meta.dirname, '../fixtures/lintian-gallery');
    await mkdir(folder, { recursive: true });
    for (const entry of entries.values()) await writeFile(join(folder, `${entry.source}.json`), galleryText(entry));
  }, long);

  afterAll(async () => await host[Symbol.asyncDispose]());

  test.each(wanted.map(({ source }) => source))('%s: each stands where it should', (source) => {
    const golden = goldenGallery().get(source);
    const actual = entries.get(source);
    if (golden === undefined || actual === undefined) throw new Error(`no golden file of ${source}`);
    const { misplaced, found } = compareGallery(golden, actual);
    expect(misplaced).toEqual([]);
    expect(found).toBeGreaterThanOrEqual(0.9);
  });
});
