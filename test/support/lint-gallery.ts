import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Placed } from '@release-kit/action-lintian-check';
import type { ArchivedSet } from './archive-packages.ts';

/** Sources of Debian 12 whose findings have golden places: C, C++, Go, Rust, Python, Perl, OCaml, Haskell, shell; five with services. */
export const gallerySets: readonly ArchivedSet[] = [
  { source: 'anacron', packages: ['anacron'] },
  { source: 'bc', packages: ['bc', 'dc'] },
  { source: 'cowsay', packages: ['cowsay', 'cowsay-off'] },
  { source: 'cron', packages: ['cron', 'cron-daemon-common'] },
  { source: 'dash', packages: ['dash'] },
  { source: 'dnsmasq', packages: ['dnsmasq', 'dnsmasq-base', 'dnsmasq-utils'] },
  { source: 'dos2unix', packages: ['dos2unix'] },
  { source: 'ed', packages: ['ed'] },
  { source: 'figlet', packages: ['figlet'] },
  { source: 'golang-github-mattn-go-isatty', packages: ['golang-github-mattn-go-isatty-dev'] },
  { source: 'gron', packages: ['gron'] },
  { source: 'haskell-split', packages: ['libghc-split-dev'] },
  { source: 'hello', packages: ['hello'] },
  { source: 'lf', packages: ['lf'] },
  { source: 'libtext-csv-xs-perl', packages: ['libtext-csv-xs-perl'] },
  { source: 'libyaml', packages: ['libyaml-0-2', 'libyaml-dev'] },
  { source: 'mawk', packages: ['mawk'] },
  { source: 'memcached', packages: ['memcached'] },
  { source: 'ocaml-re', packages: ['libre-ocaml-dev'] },
  { source: 'rust-exa', packages: ['exa'] },
  { source: 'rust-fd-find', packages: ['fd-find'] },
  { source: 'scdoc', packages: ['scdoc'] },
  { source: 'tinyproxy', packages: ['tinyproxy', 'tinyproxy-bin'] },
  { source: 'tinyxml2', packages: ['libtinyxml2-9', 'libtinyxml2-dev'] },
  { source: 'yq', packages: ['yq'] },
];

/** One finding and where it belongs. */
export interface GalleryFinding {
  readonly severity: string;
  readonly tag: string;
  /** The package, with its type when it is not a binary one. */
  readonly about: string;
  readonly note: string;
  /** '' for none. */
  readonly pointer: string;
  /** Relative to the source tree; '' when no file was found for it. */
  readonly file: string;
  /** 0 when the whole file is meant. */
  readonly line: number;
  /** What the line says, without blanks around it, at most 80 characters. */
  readonly text: string;
  readonly exact: boolean;
  readonly reason: string;
}

export interface GalleryEntry {
  readonly source: string;
  readonly version: string;
  readonly lintian: string;
  readonly findings: readonly GalleryFinding[];
}

/** Words the finding, for the golden file. `read` gives the lines of a file of the source tree. */
export function galleryFinding({ finding, location }: Placed, read: (path: string) => readonly string[]): GalleryFinding {
  const { hint } = finding;
  const pointer = hint.pointer === undefined ? '' : `${hint.pointer.path}${hint.pointer.line === undefined ? '' : `:${hint.pointer.line}`}`;
  const { file, line } = location?.place ?? { file: '', line: undefined };
  const text = file === '' || line === undefined ? '' : (read(file)[line - 1] ?? '');
  return {
    severity: hint.severity,
    tag: hint.tag,
    about: hint.type === 'binary' ? hint.package : `${hint.package} ${hint.type}`,
    note: hint.note,
    pointer,
    file,
    line: line ?? 0,
    text: text.trim().slice(0, 80),
    exact: location?.exact === true,
    reason: location?.reason ?? '',
  };
}

/** One finding a line, so that changes can be read. */
export function galleryText({ findings, ...entry }: GalleryEntry): string {
  const head = JSON.stringify(entry).slice(0, -1);
  return `${head},"findings":[\n${findings.map((finding) => JSON.stringify(finding)).join(',\n')}\n]}\n`;
}

const fixtures = join(import.meta.dirname, '../fixtures/lintian-gallery');

/** All golden files, by source. Only this repository writes them, so they are not checked field by field. */
export function goldenGallery(): ReadonlyMap<string, GalleryEntry> {
  const files = readdirSync(fixtures).filter((name) => name.endsWith('.json'));
  return new Map(
    files.map((name): [string, GalleryEntry] => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(fixtures, name), 'utf8'))]),
  );
}

export interface GalleryComparison {
  /** Findings of both that stand elsewhere than they should, in words. */
  readonly misplaced: readonly string[];
  /** Which part of the golden findings was found, 0 to 1. */
  readonly found: number;
}

/**
 * The archive's version moves with point releases, so places are compared by file and text of the line, and findings that came or went count
 * only when they are many. Of the very version of the golden file, the number of the line counts as well.
 */
export function compareGallery(golden: GalleryEntry, actual: GalleryEntry): GalleryComparison {
  const sameVersion = golden.version === actual.version;
  const wanted = new Map(numberedByKey(golden.findings));
  const misplaced: string[] = [];
  let found = 0;
  for (const [key, finding] of numberedByKey(actual.findings)) {
    const expected = wanted.get(key);
    if (expected === undefined) continue;
    found += 1;
    const [was, is] = [placeOf(expected, sameVersion), placeOf(finding, sameVersion)];
    if (was !== is) misplaced.push(`${key}: was ${was}, is ${is}`);
  }
  return { misplaced, found: golden.findings.length === 0 ? 1 : found / golden.findings.length };
}

/** A tag may be given twice with the same note: then they are told apart by their order. */
function numberedByKey(findings: readonly GalleryFinding[]): readonly (readonly [string, GalleryFinding])[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = [finding.about, finding.tag, finding.note, finding.pointer].join(' | ');
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return [count === 1 ? key : `${key} | ${count}`, finding];
  });
}

function placeOf({ file, line, text, exact, reason }: GalleryFinding, sameVersion: boolean): string {
  return JSON.stringify([file, ...(sameVersion ? [line] : []), text, exact, reason]);
}
