import { UserError } from '@release-kit/action';
import type { Inputs } from './settings.ts';

type Mode = Inputs['mode'];

const making: readonly Mode[] = ['draft', 'promote'];

/** A check looks at what is to be made. */
const planning: readonly Mode[] = [...making, 'check'];

/** The modes in which inputs without a default count. */
const modesOf = {
  from: ['promote'],
  reason: ['rollback', 'yank'],
  publish: planning,
  channel: planning,
  notes: planning,
  notesText: planning,
  commit: planning,
  attestation: ['draft'],
  manifestDigest: ['draft'],
  fingerprint: making,
} as const satisfies Partial<Record<keyof Inputs, readonly Mode[]>>;

/** An input that would do nothing was meant to do something. Throws E_INPUT. */
export function refuseIdleInputs(inputs: Inputs): void {
  for (const [key, modes] of Object.entries<readonly Mode[]>(modesOf)) {
    const given = Object.entries(inputs).find(([name]) => name === key)?.[1];
    if (given === undefined || given === false || modes.includes(inputs.mode)) continue;
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError('E_INPUT', `${name} does nothing in mode ${inputs.mode}`, {
      cure: `Leave ${name} out, or set mode to ${modes.join(' or ')}.`,
    });
  }
}
