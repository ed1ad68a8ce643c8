import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TemporaryFolder } from './host.ts';
import { readDuration, readInputs } from './inputs.ts';
import { nearest } from './nearest.ts';
import { boolean, defineAction, duration, glob, integer, list, oneOf, path, secret, text } from './spec.ts';
import { temporaryFolder } from './temporary.ts';

const spec = defineAction({
  name: 'probe',
  description: 'Reads inputs.',
  inputs: {
    title: text({ optional: true, pattern: /^[a-z ]+$/, patternText: 'lower-case letters', description: 'A title.' }),
    'dry-run': boolean({ default: false, description: 'Only says.' }),
    parallel: integer({ min: 1, max: 64, default: 2, description: 'How many.' }),
    timeout: duration({ default: '15m', description: 'How long.' }),
    'fail-on': oneOf({ values: ['error', 'warning', 'none'], default: 'error', description: 'When.' }),
    profiles: list({ values: ['nocheck', 'cross'], default: [], description: 'Which.' }),
    names: list({ default: ['a'], description: 'Names.' }),
    source: path({ default: '.', mustExist: true, description: 'Where.' }),
    output: path({ optional: true, description: 'Whereto.' }),
    anywhere: path({ optional: true, anywhere: true, description: 'Anywhere.' }),
    files: glob({ optional: true, description: 'Which files.' }),
    key: secret({ optional: true, description: 'Key.' }),
  },
  outputs: {},
  permissions: [],
  errors: [],
  renamed: { 'fail-level': 'fail-on' },
});

let folder: TemporaryFolder;
let workspace: string;
beforeAll(async () => {
  folder = await temporaryFolder('/tmp', 'inputs-test');
  workspace = join(folder.path, 'workspace');
  mkdirSync(join(workspace, 'sub'), { recursive: true });
  writeFileSync(join(workspace, 'file'), '');
  symlinkSync('/etc', join(workspace, 'out-link'));
  symlinkSync('/release-kit-no-such-place/x', join(workspace, 'dangling'));
  symlinkSync('sub', join(workspace, 'in-link'));
  symlinkSync('loop', join(workspace, 'loop'));
});
afterAll(async () => await folder[Symbol.asyncDispose]());

const read = (given: Readonly<Record<string, string>>) => readInputs(spec, given, { workspace, nameOf: (name) => `input ${name}` });

test("defaults are read as a user's value would be", () => {
  expect(read({})).toEqual({
    title: undefined,
    dryRun: false,
    parallel: 2,
    timeout: 900_000,
    failOn: 'error',
    profiles: [],
    names: ['a'],
    source: workspace,
    output: undefined,
    anywhere: undefined,
    files: undefined,
    key: undefined,
  });
});

test('values are typed, trimmed, and paths absolute', () => {
  expect(
    read({
      title: ' a b\n',
      'dry-run': 'TRUE',
      parallel: '64',
      timeout: '500ms',
      'fail-on': 'none\n',
      profiles: ' nocheck \r\n\ncross\n',
      source: 'sub',
      output: 'new/dir',
      anywhere: '/etc/x',
      files: '*.deb',
      key: ' exact \n',
    }),
  ).toMatchObject({
    title: 'a b',
    dryRun: true,
    parallel: 64,
    timeout: 500,
    failOn: 'none',
    profiles: ['nocheck', 'cross'],
    source: join(workspace, 'sub'),
    output: join(workspace, 'new/dir'),
    anywhere: '/etc/x',
    files: '*.deb',
    key: ' exact \n',
  });
});

describe('an error names input, value and what is allowed', () => {
  test.each([
    [{ 'fail-om': 'x' }, 'E_INPUT', /^input fail-om is not an input of probe; did you mean fail-on\?$/],
    [{ zzzzzzzz: 'x' }, 'E_INPUT', /the inputs of probe are: title, dry-run/],
    [{ 'fail-level': 'x' }, 'E_INPUT', /^input fail-level is now called fail-on$/],
    [{ constructor: 'x' }, 'E_INPUT', /constructor is not an input/],
    [{ 'a\u001b##[b]': 'x' }, 'E_INPUT', /^input a\\x1b#\\#\[b\] is not/],
    [{ 'dry-run': 'yes' }, 'E_INPUT', /^input dry-run is "yes", but must be true or false$/],
    [{ 'dry-run': 'ture' }, 'E_INPUT', /must be true or false/],
    [{ parallel: '0' }, 'E_INPUT', /"0", but must be a whole number from 1 to 64/],
    [{ parallel: '65' }, 'E_INPUT', /whole number/],
    [{ parallel: '1e1' }, 'E_INPUT', /whole number/],
    [{ parallel: '2.5' }, 'E_INPUT', /whole number/],
    [{ timeout: '15' }, 'E_INPUT', /such as 90s/],
    [{ timeout: '25h' }, 'E_INPUT', /at most 24h/],
    [{ timeout: '0s' }, 'E_INPUT', /length of time/],
    [{ 'fail-on': 'warnings' }, 'E_INPUT', /one of error, warning, none; did you mean warning\?/],
    [{ profiles: 'nocheck\nnochekc' }, 'E_INPUT', /"nochekc".*nocheck/],
    [{ title: 'A\u0007' }, 'E_INPUT', /"A\\x07", but must be lower-case letters/],
    [{ title: 'a\0' }, 'E_INPUT', /NUL/],
    [{ source: 'missing' }, 'E_PATH', /"missing", which does not exist/],
    [{ output: '../x' }, 'E_PATH', /outside the workspace/],
    [{ output: '/etc/passwd' }, 'E_PATH', /outside the workspace/],
    [{ output: 'out-link/x' }, 'E_PATH', /outside the workspace/],
    [{ output: 'dangling' }, 'E_PATH', /outside the workspace/],
    [{ output: 'loop/x' }, 'E_PATH', /outside the workspace/],
    [{ output: 'a\0b' }, 'E_PATH', /NUL/],
    [{ files: '../*' }, 'E_PATH', /inside the workspace/],
    [{ files: '/etc/*' }, 'E_PATH', /inside the workspace/],
  ] as const)('%j', (given, code, message) => {
    expect(() => read(given as Record<string, string>)).toThrowWithCode(code, message);
  });

  test('a value of any length', () => {
    expect(() => read({ parallel: '9'.repeat(100_000) })).toThrowWithCode('E_INPUT', /^.{150,300}$/);
  });

  test('a required one; a secret with a hint why it may be empty', () => {
    const strict = defineAction({ ...spec, inputs: { key: secret({ description: 'Signing key.' }), tag: text({ description: 'Tag.' }) } });
    const from = (given: Record<string, string>) => () => readInputs(strict, given, { workspace, nameOf: (name) => `--${name}` });
    expect(from({ tag: 'v1' })).toThrowWithCode('E_INPUT', /^--key is required: Signing key\.$/);
    expect(from({ key: 'k', tag: '  ' })).toThrowWithCode('E_INPUT', /^--tag is required/);
    try {
      from({ tag: 'v1' })();
    } catch (error) {
      expect(error).toMatchObject({ cure: expect.stringMatching(/reusable workflow/) });
    }
  });
});

test('links and new paths inside the workspace are fine, unknown but empty inputs too', () => {
  expect(read({ output: 'in-link/new', unknown: '' }).output).toBe(join(workspace, 'in-link/new'));
  expect(read({ output: 'file/x' }).output).toBe(join(workspace, 'file/x'));
});

test('what an action writes as root may lie anywhere, but no link of the checkout may lead there', () => {
  const asRoot = { ...spec, root: 'it makes machines' };
  const readAsRoot = (given: Readonly<Record<string, string>>) =>
    readInputs(asRoot, given, { workspace, nameOf: (name) => `input ${name}` });
  expect(() => readAsRoot({ anywhere: 'out-link/x' })).toThrowWithCode(
    'E_PATH',
    /^input anywhere is ".*x", which leads out of the workspace by a link$/,
  );
  expect(readAsRoot({ anywhere: '/etc/x' })).toMatchObject({ anywhere: '/etc/x' });
  expect(readAsRoot({ anywhere: 'in-link/x' })).toMatchObject({ anywhere: join(workspace, 'in-link/x') });
  expect(read({ anywhere: 'out-link/x' })).toMatchObject({ anywhere: join(workspace, 'out-link/x') });
});

test('durations', () => {
  expect([readDuration('x', '90s'), readDuration('x', '2h'), readDuration('x', '24h')]).toEqual([90_000, 7_200_000, 86_400_000]);
});

test('the nearest name is near or none', () => {
  expect(nearest('FAIL-ON', ['fail-on', 'source'])).toBe('fail-on');
  expect(nearest('sorce', ['fail-on', 'source'])).toBe('source');
  expect(nearest('banana', ['fail-on', 'source'])).toBeUndefined();
});
