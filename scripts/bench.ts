/**
 * Measures and writes docs/performance.md: all parts, or those named: `npm run bench -- startup builds`. `builds:gron` measures
 * one source package again, `builds:cold` the builds with an empty cache, `sign:8` signing with an eighth of the bytes, `changelog:100` synthetic
 * histories of a hundredth, `draft:20` drafts of a twentieth, `pipeline:small` one pair of packages; the others stay as they were measured last.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, homedir } from 'node:os';
import { join } from 'node:path';
import { measureBuilds } from './bench/builds.ts';
import { measureChangelog } from './bench/changelog.ts';
import { measureDraft } from './bench/draft.ts';
import { measureInstances } from './bench/instances.ts';
import { measureLint } from './bench/lint.ts';
import { pageOf } from './bench/page.ts';
import { measurePipeline, pairs } from './bench/pipeline.ts';
import { measureSign } from './bench/sign.ts';
import { measureSmoke } from './bench/smoke.ts';
import { subjects } from './bench/subject.ts';
import { measureStartup, startupLimit } from './building/startup.ts';
import { markdownTable } from './building/table.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs', 'performance.md');
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const rounds = 21;

const say = (line: string): void => console.log(line);
const kept = (part: string): string => join(root, '.cache', 'bench', part);
const parts = {
  startup,
  instances,
  builds: (only?: string) => measureBuilds(cache, kept('builds'), say, only),
  lint: () => measureLint(cache, say),
  smoke: () => measureSmoke(cache, say),
  sign: (part?: string) => measureSign(cache, say, part),
  changelog: (part?: string) => measureChangelog(cache, say, part),
  draft: (part?: string) => measureDraft(cache, say, part),
  pipeline: (only?: string) => measurePipeline(cache, kept('pipeline'), say, only),
};
const names = Object.keys(parts);
const pieces = [
  ...[...subjects.map(({ name }) => name), 'cold'].map((name) => `builds:${name}`),
  ...Object.keys(pairs).map((pair) => `pipeline:${pair}`),
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => ![...names, ...pieces].includes(name) && !/^(?:sign|changelog|draft):[1-9]\d*$/.test(name));
if (unknown.length > 0) {
  console.error(
    `bench knows the parts ${names.join(', ')} and ${pieces.join(', ')} and sign:<number>, changelog:<number> and draft:<number>, not ${unknown.join(', ')}`,
  );
  process.exit(2);
}

const head = `<!-- Written by \`npm run bench\`; do not edit. -->
# Performance

Measured with Node ${process.versions.node} on ${cpus().length} processors. Trust the ratios; milliseconds belong to the machine.`;
for (const [part, measure] of Object.entries(parts))
  for (const name of wanted.length === 0 ? [part] : wanted.filter((one) => one.split(':')[0] === part)) {
    const section = await measure(name.split(':')[1]);
    console.log(`${section}\n`);
    // At once: a part takes up to an hour, and a later one may fail.
    await writeFile(page, pageOf(names, new Map([[part, section]]), await readFile(page, 'utf8').catch(() => ''), head));
  }

async function startup(): Promise<string> {
  const actions = (await readdir(join(root, 'actions'))).sort();
  const bundles = new Map(actions.map((name) => [name, join(root, 'dist', name, 'index.js')]));
  const { base, rows } = await measureStartup(bundles, rounds);
  const table = markdownTable([
    ['Bundle', 'Processor time', 'Against `node -e 0`'],
    ['`node -e 0`', `${base.toFixed(0)} ms`, '1.00'],
    ...rows.map(({ action, milliseconds, ratio }) => [action, `${milliseconds.toFixed(0)} ms`, ratio.toFixed(2)]),
  ]);
  return `## Starting an action

Processor time, user and system, of the whole process; the median of ${rounds} runs, taken in turn with \`node -e 0\`. Each bundle
gets an input it does not know, which is refused right before \`run\` would be called, when all that \`run\` imports has been
loaded. The limit is ${startupLimit} times \`node -e 0\`, about what loading \`@actions/core\` alone costs; \`npm run build\` fails above it.
The clients for artifacts, caches, the API and OpenPGP stay in chunks of their own, which load when they are used.

${table}`;
}

async function instances(): Promise<string> {
  const rows = await measureInstances(cache);
  const table = markdownTable([
    ['Work', 'Wall', 'Against the floor'],
    ...rows.map(({ what, milliseconds, ratio }) => [what, `${milliseconds.toFixed(0)} ms`, ratio.toFixed(2)]),
  ]);
  return `## Making a clean machine

From a warm cache; the floor is the least that gives a program a root of its own which it can write to. Medians of runs taken in turn.

${table}`;
}
