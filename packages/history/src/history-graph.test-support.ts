import fc from 'fast-check';

/** A history: each commit names parents among those made before it; `list` has no parent before its last child. */
export interface Graph {
  readonly list: readonly { readonly sha: string; readonly parents: readonly string[] }[];
  /** Every commit and all its ancestors, found the slow way. */
  readonly closureOf: (sha: string) => ReadonlySet<string>;
}

const shaOf = (index: number): string => index.toString(16).padStart(40, '0');

/** Histories of up to `size` commits, with branches, merges, several roots and heads, listed in one of their possible orders. */
export function graphs(size: number): fc.Arbitrary<Graph> {
  const node = fc.record({ parents: fc.array(fc.nat(5), { maxLength: 3 }), priority: fc.nat(1000) });
  return fc.array(node, { minLength: 1, maxLength: size }).map((nodes) => {
    const made = nodes.map(({ parents, priority }, index) => ({
      sha: shaOf(index),
      parents: [...new Set(parents.map((back) => index - 1 - back).filter((parent) => parent >= 0))].map(shaOf),
      priority,
    }));
    return { list: ordered(made), closureOf: closureIn(new Map(made.map(({ sha, parents }) => [sha, parents]))) };
  });
}

type Made = readonly { readonly sha: string; readonly parents: readonly string[]; readonly priority: number }[];

function ordered(made: Made): Graph['list'] {
  const rest = new Set(made);
  const list: Made[number][] = [];
  while (rest.size > 0) {
    const named = new Set([...rest].flatMap(({ parents }) => parents));
    const [next] = [...rest].filter(({ sha }) => !named.has(sha)).sort((a, b) => a.priority - b.priority);
    if (next === undefined) break;
    rest.delete(next);
    list.push(next);
  }
  return list.map(({ sha, parents }) => ({ sha, parents }));
}

function closureIn(parentsOf: ReadonlyMap<string, readonly string[]>): Graph['closureOf'] {
  const closureOf = (sha: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(sha)) {
      seen.add(sha);
      for (const parent of parentsOf.get(sha) ?? []) closureOf(parent, seen);
    }
    return seen;
  };
  return (sha) => closureOf(sha);
}

/** Semantic versions close to each other, pre-releases as well. */
export function versions(): fc.Arbitrary<string> {
  const part = fc.nat(3);
  const channel = fc.constantFrom('alpha', 'beta', 'rc');
  return fc
    .tuple(part, part, part, fc.option(fc.tuple(channel, fc.nat(11))))
    .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre === null ? '' : `-${pre.join('.')}`}`);
}
