import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionSpec } from '@release-kit/action';

/** Every action's spec by its folder's name, in alphabetical order. */
export async function readSpecs(root: string): Promise<ReadonlyMap<string, ActionSpec>> {
  const specs = new Map<string, ActionSpec>();
  for (const name of (await readdir(join(root, 'actions'))).sort()) {
    const module: unknown = await import(join(root, 'actions', name, 'src', 'spec.ts'));
    const spec: unknown = isObject(module) ? module['spec'] : undefined;
    if (!isSpec(spec)) throw new Error(`actions/${name}/src/spec.ts exports no spec`);
    if (spec.name !== name) throw new Error(`actions/${name}/src/spec.ts names the action ${spec.name}`);
    specs.set(name, spec);
  }
  return specs;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The compiler checked the rest where the spec was written (`defineAction`). */
function isSpec(value: unknown): value is ActionSpec {
  return (
    isObject(value) &&
    typeof value['name'] === 'string' &&
    isObject(value['inputs']) &&
    isObject(value['outputs']) &&
    Array.isArray(value['errors'])
  );
}
