import crypto from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type FileHashes, type HashJob, hashFile } from './file-hash.ts';

/** What came of one file: its hashes, or what the system said. */
export type HashAnswer = FileHashes | { readonly problem: string };

/** Bytes of a file in memory at a time, for each thread. */
const piece = 1024 * 1024;

/** The program of a worker as text: it is the same from sources, from lib/ and inside a bundle of one file. */
const program = `
const { parentPort } = require('node:worker_threads');
const fs = require('node:fs');
const crypto = require('node:crypto');
const hashFile = ${hashFile.toString()};
const piece = Buffer.alloc(${piece});
parentPort.on('message', (job) => {
  let answer;
  try { answer = hashFile(fs, crypto, piece, job); } catch (error) { answer = { problem: String(error.code ?? error.message) }; }
  parentPort.postMessage(answer);
});
`;

/** As many threads as help; more only fight for the disk. */
export const workerCount = (jobs: number, processors: number): number => Math.max(1, Math.min(jobs, processors, 8));

/** In this thread, which does nothing else meanwhile: for little work, which a worker's start would outlast. In the order of the jobs. */
export async function hashHere(
  jobs: readonly HashJob[],
  signal: AbortSignal,
  done: (index: number) => void,
): Promise<readonly HashAnswer[]> {
  const bytes = Buffer.alloc(piece);
  const answers: HashAnswer[] = [];
  for (const [index, job] of jobs.entries()) {
    // Signals come in between.
    await setImmediate();
    signal.throwIfAborted();
    answers.push(answerTo(job, bytes));
    done(index);
  }
  return answers;
}

/**
 * In threads of their own, as many as there are processors, so that this one stays free for signals. In the order of the jobs, whatever
 * the order they end in. When `signal` is aborted or a worker fails, all workers end at once and nothing is answered.
 */
export async function hashInWorkers(
  jobs: readonly HashJob[],
  signal: AbortSignal,
  done: (index: number) => void,
): Promise<readonly HashAnswer[]> {
  const failed = new AbortController();
  const end = AbortSignal.any([signal, failed.signal]);
  const queue = jobs.entries();
  const answers: HashAnswer[] = [];
  const work = async (): Promise<void> => {
    // No environment: it may hold secrets, and a worker needs none.
    const worker = new Worker(program, { eval: true, env: {}, execArgv: [] });
    try {
      for (const [index, job] of queue) {
        end.throwIfAborted();
        worker.postMessage(job);
        const [answer]: HashAnswer[] = await once(worker, 'message', { signal: end });
        if (answer === undefined) throw new Error('a worker gave no answer');
        answers[index] = answer;
        done(index);
      }
    } catch (error) {
      failed.abort(error);
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: workerCount(jobs.length, availableParallelism()) }, work));
  end.throwIfAborted();
  return answers;
}

function answerTo(job: HashJob, bytes: Uint8Array): HashAnswer {
  try {
    return hashFile(fs, crypto, bytes, job);
  } catch (error) {
    const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return { problem: String(code ?? error) };
  }
}
