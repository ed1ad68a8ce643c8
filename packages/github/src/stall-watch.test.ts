import { expect, test } from '@jest/globals';
import { watchedPieces, watchStall } from './stall-watch.ts';

const told = (error: unknown): Error => new Error(`told: ${error instanceof Error ? error.message : String(error)}`);

async function* standing(ending: AbortController): AsyncGenerator<unknown> {
  yield new Uint8Array(3);
  await new Promise((_, reject) => ending.signal.addEventListener('abort', () => reject(ending.signal.reason)));
}

async function sizeOf(pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const piece of pieces) size += piece.length;
  return size;
}

test('an answer that moves is read to its end', async () => {
  async function* moving() {
    for (let count = 0; count < 5; count += 1) yield new Uint8Array(2);
  }
  expect(await sizeOf(watchedPieces(moving(), 60_000, new AbortController(), told))).toBe(10);
});

test('one that stands still is ended, and told', async () => {
  const ending = new AbortController();
  await expect(sizeOf(watchedPieces(standing(ending), 20, ending, told))).rejects.toThrow('told: nothing moved for 0.02 s');
  expect(ending.signal.aborted).toBe(true);
});

test('what moved is not ended, nor what is over', async () => {
  const ending = new AbortController();
  {
    using watch = watchStall(30, ending);
    watch.moved();
  }
  await new Promise((done) => setTimeout(done, 60));
  expect(ending.signal.aborted).toBe(false);
});
