import { jsonIn } from '@release-kit/action';
import type { Inventory } from './inventory.ts';

/** `layer.json` beside a layer: its presence says that the layer is complete. */
export interface LayerRecord extends Inventory {
  readonly key: string;
  /** `changes` lies over the base system, `root` is a whole one. */
  readonly kind: 'changes' | 'root';
  /** Absolute folders it lies over. */
  readonly below: readonly string[];
}

/** undefined when the text is not a record. */
export function readLayerRecord(text: string): LayerRecord | undefined {
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('key' in value) || !('kind' in value) || !('below' in value) || !('inventory' in value)) return undefined;
  const { key, kind, below, inventory } = value;
  if (typeof key !== 'string' || typeof inventory !== 'string' || (kind !== 'changes' && kind !== 'root')) return undefined;
  if (!Array.isArray(below)) return undefined;
  const stamp = 'stamp' in value && typeof value.stamp === 'string' ? value.stamp : undefined;
  const folders: unknown[] = below;
  return folders.every((item) => typeof item === 'string') ? { key, kind, below: folders, inventory, stamp } : undefined;
}
