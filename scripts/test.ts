import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stages } from './testing/stages.ts';
import { closingLine, nothing, single, succeeded, sum, type Tally } from './testing/tally.ts';

const root = join(import.meta.dirname, '..');
const reports = join(root, '.cache', 'test');

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: not a stage; the stages are ${stages.map((stage) => stage.name).join(', ')}`);
  process.exit(2);
}

const chosen =
  wanted.length === 0 ? stages.filter((stage) => stage.onlyWhenNamed !== true) : stages.filter((stage) => wanted.includes(stage.name));
if (wanted.length === 0) await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
const ci = process.env['CI'] === 'true';

const tallies: Tally[] = [];
for (const stage of chosen) {
  console.log(`\n== ${stage.name}: ${stage.what}`);
  const start = performance.now();
  const tally = await stage.run({ root, reports, ci }).catch((error: unknown) => {
    console.error(error);
    return single(false);
  });
  tallies.push(tally);
  console.log(`${stage.name}: ${closingLine(tally)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

const total = tallies.length === 0 ? nothing : sum(tallies);
console.log(`\n${closingLine(total)}`);
process.exitCode = succeeded(total) ? 0 : 1;
