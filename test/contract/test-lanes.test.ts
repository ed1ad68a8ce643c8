import { expect, test } from '@jest/globals';
import { planLanes } from '../../scripts/testing/lanes.ts';

const file = (path: string, text = "import { test } from '@jest/globals';\n") => ({ path, text });

test('slow files start first and by themselves, short ones share a start, and each file runs once', () => {
  const files = [file('d'), file('b', '/** @slow */\n'), file('a'), file('e'), file('c'), file('f', '/** @alone: it kills runs. */\n')];
  expect(planLanes(files)).toEqual({ beside: [['b'], ['a', 'c', 'd'], ['e']], alone: ['f'] });
});

test('of slow files the one that says the most seconds starts first', () => {
  const files = [file('a', '/** @slow */\n'), file('b', '/** @slow 90 */\n'), file('c', '/** @slow 300 */\n')];
  expect(planLanes(files).beside).toEqual([['c'], ['b'], ['a']]);
});

test('only the first comment of a file counts', () => {
  expect(planLanes([file('a', 'const text = "/** @alone */";\n'), file('b', '/** Says nothing. */\n/** @slow */\n')])).toEqual({
    beside: [['a', 'b']],
    alone: [],
  });
});

test('files that change the same part of the host run one after the other, beside all others', () => {
  const docker = '/** @in-turn docker: a daemon changes the packet filter. */\n';
  const files = [
    file('a'),
    file('b', docker),
    file('c', '/** @slow */\n'),
    file('d', docker),
    file('e', '/** @in-turn clock: it is set. */\n'),
  ];
  expect(planLanes(files)).toEqual({ beside: [['b', 'd'], ['e'], ['c'], ['a']], alone: [] });
});
