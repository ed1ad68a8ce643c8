/**
 * Compares changelogs of public histories with those of other tools and with an oracle, and writes docs/changelog-comparison.md. It fails when a commit is
 * lost, counted otherwise than by the oracle, or a difference has no reason. Names of histories may be given; the page is written for all of them only.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { changelogPeers } from './bench/changelog-peers.ts';
import { checkoutOf, publicHistories, repositoryOf } from './bench/histories.ts';
import { linkedContext } from './comparison/changelogs.ts';
import { compareHistory, type HistoryComparison } from './comparison/history-comparison.ts';
import { comparisonPage } from './comparison/page.ts';

const root = join(import.meta.dirname, '..');
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const wanted = process.argv.slice(2);

const work = join(cache, 'comparison');
await rm(join(work, 'checkout'), { recursive: true, force: true });
await mkdir(work, { recursive: true });
await writeFile(join(work, 'context.json'), linkedContext);
const peers = await changelogPeers(cache);
const compared: HistoryComparison[] = [];
for (const history of publicHistories.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const repository = await repositoryOf(history, join(cache, 'histories'));
  if (repository === undefined) {
    console.log(`${history.name} cannot be fetched`);
    process.exitCode = 1;
    continue;
  }
  const checkout = join(work, 'checkout');
  await checkoutOf(repository, checkout);
  const comparison = await compareHistory(history, checkout, work, peers);
  compared.push(comparison);
  for (const problem of comparison.problems) console.log(`${history.name}: ${problem}`);
  console.log(`${history.name}: ${comparison.commits} commits, ${comparison.conventional} conventional`);
  if (comparison.problems.length > 0) process.exitCode = 1;
  await rm(checkout, { recursive: true });
}
if (wanted.length === 0 && compared.length > 0) await writeFile(join(root, 'docs', 'changelog-comparison.md'), comparisonPage(compared));
