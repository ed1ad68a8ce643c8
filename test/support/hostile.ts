import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { machineHost } from './machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from './packages.ts';
import { type Job, type StepOptions, type StepResult, startJob } from './runner/index.ts';

const dist = join(import.meta.dirname, '../../dist');
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');

/** Lines that a runner or a terminal would obey, were they printed as they are. */
export const hostileLines: readonly string[] = [
  '::error::planted',
  ' \t::warning file=debian/rules,line=1::planted',
  '::add-mask::e',
  'text ##[error]planted',
  '##[set-output name=x]planted',
  '::set-output name=x::planted',
  '::set-env name=x::planted',
  '::stop-commands::planted-token',
  'fine\r::error::planted',
  '\u001b[31mred\u001b[2J\u001b]8;;https://example.org/\u0007link\u001b]8;;\u0007 \b\b\u009b31m',
  'right\u202eto left\u2066 and \u200b none',
  '</details><img src=x onerror=alert(1)> @everyone [x](javascript:alert(1)) | a | b | closes #1 `code`',
];

/** Shell commands that print the lines and one of a MiB, byte for byte, to both streams; each is one line. */
export function printing(lines: readonly string[] = hostileLines): readonly string[] {
  const octal = [...Buffer.from(`${lines.join('\n')}\n`)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return [`printf '${octal}'`, `printf '${octal}' >&2`, "head -c 1048576 /dev/zero | tr '\\000' x; echo"];
}

export interface ActionRun {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: StepOptions;
  /** Fills the workspace first. */
  readonly prepare?: (workspace: string, job: Job) => Promise<unknown>;
  /** The step is killed: the kernel ends the rest a moment later, and temporary files may stay. */
  readonly killed?: boolean;
  /** Looks at the workspace before it is removed. */
  readonly look?: (workspace: string, job: Job) => Promise<unknown>;
}

/** Runs a built action in a job of its own, and expects that nothing of it is left on the host and nothing raw was shown. */
export async function runAction(
  name: string,
  { inputs = {}, options = {}, prepare, look, killed = false }: ActionRun = {},
): Promise<StepResult> {
  await using job = await startJob({ env: { RELEASE_KIT_CACHE: cache } });
  await prepare?.(job.workspace, job);
  const step = await job.run(join(dist, name), inputs, options);
  await job.finish();
  expect(killed ? await leftByKilled(job) : await job.leftBehind()).toEqual([]);
  expectInert(step, job);
  await look?.(job.workspace, job);
  return step;
}

// C0 but tab and line feed, DEL, C1, bidi controls.
const raw = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Nothing planted was obeyed, and no control character came through. */
export function expectInert(step: StepResult, job: Job): void {
  expect(job.masks.values.filter((value) => value.length < 6)).toEqual([]);
  expect(step.annotations.filter(({ message }) => /^\s*planted/.test(message))).toEqual([]);
  expect(Object.keys(step.outputs)).not.toContain('x');
  const shown = [
    ...step.lines,
    ...step.debug,
    ...step.annotations.flatMap(({ message, properties }) => [message, ...Object.values(properties)]),
  ];
  expect(shown.filter((text) => raw.test(text))).toEqual([]);
  expect(raw.test(step.summary)).toBe(false);
  // A line that the runner took as the start of silence would leave our own commands in the log.
  expect(step.lines.filter((line) => /^::(?:group|endgroup|error|warning|notice|add-mask)/.test(line))).toEqual([]);
}

/** What Markdown outside of code would turn into HTML, a link, a mention or a new table cell. */
export function expectInertMarkdown(markdown: string): void {
  const prose = markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  expect(prose).not.toMatch(/<(?!\/?(?:code|details|summary|br|sub|sup|b|i|p|pre)\b)/i);
  expect(prose).not.toMatch(/(?<!\\)\]\(javascript:/i);
  expect(prose).not.toMatch(/@[a-z]/i);
  expect(prose).not.toMatch(/#\d/);
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>, mode = 0o644): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content, { mode });
  }
}

/** A source that needs no debhelper: `recipe`, lines of shell, runs in the build step. */
export async function tinySource(folder: string, recipe: readonly string[] = [], version = '1.0'): Promise<void> {
  await writeFiles(folder, {
    'debian/control':
      'Source: tiny\nSection: misc\nPriority: optional\nMaintainer: A Person <a@example.org>\nRules-Requires-Root: no\n' +
      'Standards-Version: 4.6.2\n\nPackage: tiny\nArchitecture: all\nDescription: a package\n for a test\n',
    'debian/changelog': `tiny (${version}) unstable; urgency=medium\n\n  * One.\n\n -- A Person <a@example.org>  Thu, 15 Jan 2026 12:00:00 +0000\n`,
    'debian/source/format': '3.0 (native)\n',
  });
  const rules = [
    '#!/usr/bin/make -f',
    'clean:',
    '\ttrue',
    'build build-arch build-indep:',
    ...recipe.map((line) => `\t@${line.replaceAll('$', () => '$$')}`),
    'binary-arch:',
    'binary binary-indep: build',
    '\trm -rf debian/tiny && mkdir -p debian/tiny/DEBIAN',
    '\tdpkg-gencontrol -ptiny -Pdebian/tiny',
    '\tdpkg-deb --root-owner-group --build debian/tiny ..',
    '.PHONY: clean build build-arch build-indep binary binary-arch binary-indep',
    '',
  ].join('\n');
  await writeFiles(folder, { 'debian/rules': rules }, 0o755);
}

/** Makes packages in out/ of a workspace, with their manifest. */
export async function packaged(workspace: string, packages: readonly TinyPackage[]): Promise<void> {
  await using host = await machineHost();
  const out = join(workspace, 'out');
  await mkdir(out, { recursive: true });
  const files = [];
  for (const given of packages) files.push(await tinyPackage(host, out, given));
  await manifestOf(out, files);
}

async function leftByKilled(job: Job): Promise<readonly string[]> {
  for (let attempt = 0; ; attempt += 1) {
    const left = (await job.leftBehind()).filter((what) => !what.startsWith('file '));
    if (left.length === 0 || attempt === 40) return left;
    await sleep(50);
  }
}
