import { describe, expect, test } from '@jest/globals';
import { boolean, defineAction, integer, list, oneOf, path, secret, text } from '@release-kit/action';
import { flagHelp, flagOf, givenSecrets, givenTexts, secretVariables, variableOf } from './given.ts';

const spec = defineAction({
  name: 'probe',
  description: 'A probe.',
  inputs: {
    'fail-on': oneOf({ values: ['error', 'none'], default: 'error', description: 'Level.' }),
    options: list({ default: [], description: 'Options.' }),
    network: boolean({ default: false, description: 'Network.' }),
    source: path({ default: '.', description: 'Source.' }),
    parallel: integer({ min: 1, max: 9, optional: true, defaultText: 'all processors', description: 'Jobs.' }),
    tag: text({ description: 'Tag.' }),
    key: secret({ optional: true, description: 'Key.' }),
  },
  outputs: {},
  permissions: [],
  errors: [],
});

describe('flags become the texts a runner would give', () => {
  test('lists are joined by line feeds, booleans are words, absent flags stay absent', () => {
    expect(givenTexts(spec, { 'fail-on': 'none', options: ['nocheck', 'nodoc'], network: true, tag: undefined })).toEqual({
      'fail-on': 'none',
      options: 'nocheck\nnodoc',
      network: 'true',
    });
  });

  test('what is no input of the action is not passed on', () => {
    expect(givenTexts(spec, { json: true, toString: 'x' })).toEqual({});
  });
});

describe('secrets come from the environment only', () => {
  test('the variable is named after the input', () => {
    expect(variableOf('throw-away-key')).toBe('RELEASE_KIT_THROW_AWAY_KEY');
    expect(givenSecrets(spec, { RELEASE_KIT_KEY: 'k', RELEASE_KIT_TAG: 'v1' })).toEqual({ key: 'k' });
  });

  test('the variables of all actions that may hold one are known', () => {
    expect([...secretVariables([spec, spec])]).toEqual(['RELEASE_KIT_KEY']);
  });

  test('an empty variable is no secret', () => {
    expect(givenSecrets(spec, { RELEASE_KIT_KEY: '' })).toEqual({});
  });

  test('a secret has no flag', () => {
    expect(flagOf('key', spec.inputs.key)).toBeUndefined();
  });
});

test.each([
  ['fail-on', '--fail-on <error|none>'],
  ['options', '--options <value...>'],
  ['network', '--network [true|false]'],
  ['source', '--source <path>'],
  ['parallel', '--parallel <number>'],
  ['tag', '--tag <text>'],
] as const)('the flag of %s shows what it takes', (name, flag) => {
  expect(flagOf(name, spec.inputs[name])).toBe(flag);
});

test('the help says the default, in words where the spec has words', () => {
  expect(flagHelp(spec.inputs['fail-on'])).toBe('Level. (default: error)');
  expect(flagHelp(spec.inputs.parallel)).toBe('Jobs. (default: all processors)');
  expect(flagHelp(spec.inputs.tag)).toBe('Tag.');
  expect(flagHelp(spec.inputs.options)).toBe('Options.');
});

test('a switch of every command is no value of an input of its name: next-version --json writes no file named true', () => {
  expect(givenTexts(spec, { source: true, network: true })).toEqual({ network: 'true' });
  expect(givenTexts(spec, { source: 'all.json' })).toEqual({ source: 'all.json' });
});
