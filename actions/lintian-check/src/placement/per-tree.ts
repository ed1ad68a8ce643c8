import type { SourceTree } from '../source-tree.ts';

/** Makes what is known of a tree once for each key, and keeps it as long as the tree lives. */
export function perTree<Value>(make: (tree: SourceTree, key: string) => Value): (tree: SourceTree, key: string) => Value {
  const trees = new WeakMap<SourceTree, Map<string, { readonly value: Value }>>();
  return (tree, key) => {
    const values = trees.get(tree) ?? new Map<string, { readonly value: Value }>();
    trees.set(tree, values);
    const kept = values.get(key) ?? { value: make(tree, key) };
    values.set(key, kept);
    return kept.value;
  };
}
