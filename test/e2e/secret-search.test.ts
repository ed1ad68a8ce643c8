import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { leakingProgram, leaks } from '../support/secret-search/leaking-program.ts';
import { searchInterrupted, searchPlanForAll, searchWhole } from '../support/secret-search/signing-search.ts';
import { needlesOf } from '../support/secret-search/sought.ts';
import { searchRun, tracedRun } from '../support/secret-search/traced-run.ts';

const minute = 60_000;
const root = mkdtempSync(join(tmpdir(), 'secret-search-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('the search itself', () => {
  const secret = 'p4ss "phrase" ~~ of ünusual ŀength, 64 bits & more';
  const needles = needlesOf([{ name: 'passphrase', bytes: Buffer.from(secret) }]);

  async function hitsOf(code: string): Promise<readonly string[]> {
    const folder = mkdtempSync(join(root, 'leak-'));
    const env = { PATH: process.env['PATH'] ?? '', SECRET: secret };
    const run = await tracedRun({ argv: [process.execPath, '-e', leakingProgram(code)], env, cwd: folder, folder });
    expect(run.exitCode).toBe(0);
    expect(run.calls.unseen).toEqual([]);
    return searchRun(run, folder, needles).map(({ place, encoding }) => {
      const where = place.replace(folder, '').replace(/\((?:[3-9]|\d\d)\)$/, '(N)');
      return `${where}: ${encoding}`;
    });
  }

  test.each(leaks)(
    'finds what goes by $what',
    async ({ code, place, encoding }) => {
      expect(await hitsOf(code)).toContain(`${place}: ${encoding}`);
    },
    minute,
  );

  test.each([
    ['nothing is let out', 'console.log(secret.length)'],
    ['the runner is told what to mask', `console.log('::add-mask::' + secret)`],
  ])(
    'finds nothing where %s',
    async (_, code) => {
      expect(await hitsOf(code)).toEqual([]);
    },
    minute,
  );
});

describe('sign-artifacts and release-kit sign', () => {
  const given = searchPlanForAll(root);

  test(
    'let no byte of key and passphrase out, in whatever form they come and whatever is wrong with them',
    async () => {
      const { plan } = given;
      for (const one of plan.cases) await searchWhole(plan, 'action', one);
      for (const one of plan.cases.filter((_, index) => index % 5 === 0)) await searchWhole(plan, 'command', one);
    },
    5 * minute,
  );

  test(
    'nor when they are ended at random moments, and leave nothing behind',
    async () => {
      await searchInterrupted({ ...given.plan, count: 15, seed: Date.now() % 1_000_000, sideBySide: 2 });
    },
    5 * minute,
  );
});
