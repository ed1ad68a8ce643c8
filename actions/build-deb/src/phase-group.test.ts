import { expect, test } from '@jest/globals';
import type { Log } from '@release-kit/action';
import { linesPerGroup, phaseGroups } from './phase-group.ts';

/** A log that shows groups as they are opened and closed, as a runner's does. */
function listeningLog(): { readonly log: Log; readonly said: string[] } {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const fold: Log['fold'] = async (title, body) => {
    say(`▸ ${title}`);
    try {
      return await body();
    } catch (error) {
      say('failed');
      throw error;
    } finally {
      say('◂');
    }
  };
  return { said, log: { info: say, debug: say, warning: say, detail: say, group: fold, fold } };
}

test('groups follow each other and never overlap, though lines come without a pause', async () => {
  const { log, said } = listeningLog();
  const groups = phaseGroups(log);
  groups.enter('configure');
  for (const line of ['a', 'b']) groups.line(line);
  groups.enter('build');
  for (const line of ['c', 'd', 'e']) groups.line(line);
  await groups.end('failed');
  expect(said).toEqual(['▸ Configure', 'a', 'b', '◂', '▸ Build', 'c', 'd', 'e', 'failed', '◂']);
});

test('lines are shown when they come, not when their phase is over', async () => {
  const { log, said } = listeningLog();
  const groups = phaseGroups(log);
  groups.enter('build');
  groups.line('a');
  groups.line('b');
  await Promise.resolve();
  groups.line('c');
  expect(said).toEqual(['▸ Build', 'a', 'b', 'c']);
  await groups.end('done');
});

test('a phase of one line makes no group of its own, and one without lines says nothing', async () => {
  const { log, said } = listeningLog();
  const groups = phaseGroups(log);
  groups.enter('unpack');
  groups.enter('build');
  groups.line(' debian/rules binary');
  groups.enter('configure');
  groups.line('dh binary');
  await groups.end('done');
  expect(said).toEqual(['▸ Configure', ' debian/rules binary', 'dh binary', '◂']);
});

test('endless output is cut, and the cut is said', async () => {
  const { log, said } = listeningLog();
  const groups = phaseGroups(log);
  groups.enter('build');
  for (let number = 0; number < linesPerGroup + 5; number++) groups.line(`line ${number}`);
  await groups.end('done');
  expect(said.slice(-3)).toEqual([`line ${linesPerGroup - 1}`, '… 5 more lines are in the build log', '◂']);
});

test('ending twice, or without a beginning, is harmless', async () => {
  const { log, said } = listeningLog();
  const groups = phaseGroups(log);
  await groups.end('done');
  groups.enter('test');
  await groups.end('failed');
  await groups.end('failed');
  expect(said).toEqual([]);
});
