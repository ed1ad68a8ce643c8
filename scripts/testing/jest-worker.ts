/** A process that runs one test file after the other in jest, and says after each what of it is left here. Argument: where jest keeps its cache. */
import { type Order, runFile } from './jest-run.ts';
import { changes, type ProcessState, settled, watchProcess } from './leftovers.ts';

const cache = process.argv[2] ?? '';
const stateNow = watchProcess();
let before: ProcessState;

// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
// A rejection here ends the process: the one who waits then knows that the test could not run.
process.on('message', async (order: Order) => {
  const run = await runFile(process.cwd(), cache, order);
  const after = await settled(stateNow, before);
  const left = changes(before, after);
  before = after;
  process.send?.({ ...run, left, memory: process.memoryUsage.rss() });
});
before = stateNow();
process.send?.('ready');
