import { architectureNames } from './architecture.ts';

/** What the schemas of the sections are made of. */
export const line = (description: string, maxLength = 4096) =>
  ({
    type: 'string',
    minLength: 1,
    maxLength,
    pattern: '^[^\\u0000-\\u001f\\u007f]+$',
    patternErrorMessage: 'one line of text without control characters',
    description,
  }) as const;

export const object = <const P>(description: string, properties: P) =>
  ({ type: 'object', description, additionalProperties: false, properties }) as const;

export const list = <const I>(items: I, maxItems: number, description: string) =>
  ({ type: 'array', items, maxItems, description }) as const;

/** A list that is worth writing only when it holds something, each thing once. */
export const set = <const I>(items: I, maxItems: number, description: string) =>
  ({ ...list(items, maxItems, description), minItems: 1, uniqueItems: true }) as const;

const label = line('Label of a runner.', 100);

export const runner = (description: string) =>
  ({ ...label, type: ['string', 'array'], items: label, minItems: 1, maxItems: 20, description }) as const;

export const distribution = { ...line('vendor:release', 50), examples: ['debian:12', 'ubuntu:24.04'] } as const;

export const architecture = { type: 'string', enum: architectureNames } as const;

export const strategyNames = ['auto', 'native', 'cross', 'emulate'] as const;

export const strategy = (description: string) => ({ type: 'string', enum: strategyNames, description }) as const;

export const strategies = (description: string) =>
  ({
    type: 'object',
    description,
    propertyNames: { enum: architectureNames },
    additionalProperties: strategy('Strategy of this architecture.'),
  }) as const;
