import { describe, expect, test } from '@jest/globals';
import { decideAtOnce, decideByAsking, type StrategyFacts } from './strategy.ts';

const facts: StrategyFacts = { wanted: 'auto', architecture: 'arm64', own: 'amd64', ability: 'emulated', onlyAll: false, tests: false };
const at = (given: Partial<StrategyFacts>) => decideAtOnce({ ...facts, ...given })?.strategy;

describe('without asking', () => {
  test.each<readonly [string | undefined, Partial<StrategyFacts>]>([
    ['native', { architecture: 'amd64' }],
    ['native', { architecture: 'amd64', wanted: 'cross' }],
    ['native', { architecture: 'amd64', wanted: 'emulate' }],
    ['native', { onlyAll: true, wanted: 'emulate', ability: 'no' }],
    ['native', { architecture: 'i386', ability: 'native' }],
    ['native', { architecture: 'i386', ability: 'native', wanted: 'native' }],
    ['cross', { architecture: 'i386', ability: 'native', wanted: 'cross' }],
    ['cross', { wanted: 'cross', ability: 'no' }],
    ['emulate', { wanted: 'emulate' }],
    ['emulate', { tests: true }],
    [undefined, {}],
    [undefined, { ability: 'no' }],
  ])('%s for %j', (strategy, given) => {
    expect(at(given)).toBe(strategy);
  });

  test('a native build that is none is refused, and so are tests in a cross build', () => {
    expect(() => at({ wanted: 'native' })).toThrowWithCode('E_ARCHITECTURE', /amd64 host cannot build for arm64 natively/);
    expect(() => at({ wanted: 'cross', tests: true })).toThrowWithCode('E_INPUT', /tests/);
  });
});

describe('auto', () => {
  const make = { name: 'make', crosses: true, reason: 'it is given the tools' };
  const ocaml = { name: 'OCaml', crosses: false, reason: 'its compiler does not' };
  const lacks = { satisfiable: false, reason: 'python3 but it is not installable' } as const;

  test.each([
    [make, { satisfiable: true } as const, 'cross', 'make: it is given the tools; its build dependencies can be had for arm64'],
    [make, lacks, 'emulate', 'make crosses, but its build dependencies cannot be had for arm64: python3 but it is not installable'],
    [ocaml, { satisfiable: true } as const, 'emulate', 'OCaml: its compiler does not'],
    [ocaml, lacks, 'emulate', 'OCaml: its compiler does not'],
  ])('%j and %j', (buildSystem, solver, strategy, reason) => {
    expect(decideByAsking('arm64', buildSystem, solver)).toEqual({ strategy, reason });
  });
});
