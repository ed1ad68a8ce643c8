/** Measures and writes docs/performance.md: for now, what a bundle costs before the first line of `run`. */
import { readdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureStartup, startupLimit } from './building/startup.ts';
import { markdownTable } from './building/table.ts';

const root = join(import.meta.dirname, '..');
const rounds = 21;

const names = (await readdir(join(root, 'actions'))).sort();
const { base, rows } = await measureStartup(new Map(names.map((name) => [name, join(root, 'dist', name, 'index.js')])), rounds);
const table = markdownTable([
  ['Bundle', 'Processor time', 'Against `node -e 0`'],
  ['`node -e 0`', `${base.toFixed(0)} ms`, '1.00'],
  ...rows.map(({ action, milliseconds, ratio }) => [action, `${milliseconds.toFixed(0)} ms`, ratio.toFixed(2)]),
]);
const page = `<!-- Written by \`npm run bench\`; do not edit. -->
# Performance

Measured with Node ${process.versions.node} on ${cpus().length} processors. Trust the ratios; milliseconds belong to the machine.

## Starting an action

Processor time, user and system, of the whole process; the median of ${rounds} runs, taken in turn with \`node -e 0\`. Each bundle
gets an input it does not know, which is refused right before \`run\` would be called, when all that \`run\` imports has been
loaded. The limit is ${startupLimit} times \`node -e 0\`, about what loading \`@actions/core\` alone costs; \`npm run build\` fails above it.
The clients for artifacts, caches, the API and OpenPGP stay in chunks of their own, which load when they are used.

${table}
`;
await writeFile(join(root, 'docs', 'performance.md'), page);
console.log(table);
