import { jsonIn } from '@release-kit/action';
import type { SuiteState } from './base-key.ts';
import type { Inventory } from './inventory.ts';

/** `base.json` beside a root: its presence says that the root is complete. Another inventory means damage. */
export interface BaseRecord extends Inventory {
  readonly key: string;
  readonly states: readonly SuiteState[];
  /** Milliseconds since 1970. */
  readonly made: number;
}

/** undefined when the text is not a record. */
export function readRecord(text: string): BaseRecord | undefined {
  const value = jsonIn(text);
  if (
    typeof value !== 'object' ||
    value === null ||
    !('key' in value) ||
    !('states' in value) ||
    !('made' in value) ||
    !('inventory' in value)
  )
    return undefined;
  const { key, states, made, inventory } = value;
  if (
    typeof key !== 'string' ||
    typeof made !== 'number' ||
    typeof inventory !== 'string' ||
    !Array.isArray(states) ||
    !states.every(isState)
  )
    return undefined;
  const stamp = 'stamp' in value && typeof value.stamp === 'string' ? value.stamp : undefined;
  return { key, states, made, inventory, stamp };
}

function isState(value: unknown): value is SuiteState {
  return (
    typeof value === 'object' &&
    value !== null &&
    'uri' in value &&
    'sha256' in value &&
    typeof value.uri === 'string' &&
    typeof value.sha256 === 'string'
  );
}
