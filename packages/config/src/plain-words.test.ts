import { describe, expect, test } from '@jest/globals';
import { failure } from './config-failure.test-support.ts';

describe('a mistake of YAML is told in plain words, where its author looks for it', () => {
  test.each([
    [
      'a value and keys below it',
      'lint:\n  fail-on: error\n    also: []',
      '2:12',
      'a key has one value only: is the line below indented too far',
    ],
    ['a colon in a text', 'smoke:\n  commands:\n    - echo: a: b', '3:13', 'quotes missing around a text that holds ": "'],
    ['a list of two indentations', 'architectures:\n - amd64\n- arm64', '3:1', 'this entry is indented otherwise than the list above it'],
    ['no blank behind the dash', 'architectures:\n  - amd64\n  -arm64', '3:1', 'an entry of a list starts with "- "'],
    ['an entry beside its key', 'architectures: - amd64', '1:16', 'an entry "- " stands on a line of its own'],
    ['an open bracket', 'architectures: [amd64\nlint: {}', '2:1', 'a [ further up is not closed here'],
    ['an open brace', 'lint: {fail-on: error\nsmoke: {}', '2:1', 'a { further up is not closed here'],
    ['one bracket too many', 'architectures: [amd64]]', '1:23', 'belongs to nothing: is a bracket'],
    ['no comma', 'lint: { fail-on: error also: [] }', '1:18', 'a comma is missing here'],
    ['an open quote', "lint: 'x", '1:9', "lacks its closing '"],
    ['a line that says nothing', 'lint: {}\nsmoke', '2:1', 'this line is neither "key: value" nor "- entry"'],
    ['an at sign', 'runners: { arm64: @x }', '1:19', 'a text that starts with @ has to be in quotes'],
    ['an escape', 'runners: { arm64: "\\d" }', '1:20', 'in double quotes a \\ is written twice'],
    ['a star as value', 'shared: [*]', '1:10', 'a text that starts with * has to be in quotes'],
    ['a pattern as value', 'shared: [ *.md ]', '1:11', 'names no anchor before it; a text that starts with * has to be in quotes'],
    ['a pattern as key', 'release:\n  channels:\n    *-rc*: beta', '3:5', 'a text that starts with * has to be in quotes'],
    ['a pattern as key in braces', 'release: { channels: { *-rc*: beta } }', '1:24', 'a text that starts with * has to be in quotes'],
    ['a merge that stopped', 'lint: {}\n<<<<<<< HEAD\nsmoke: {}\n=======\n>>>>>>> b', '2:1', 'a mark of a merge that was not finished'],
  ])('%s', async (_, text, at, message) => {
    const found = await failure(text);
    expect(found).toMatchObject({ code: 'E_CONFIG', at });
    expect(found.message).toContain(message);
  });
});

describe('a value of the wrong type is told once, with what is right', () => {
  test.each([
    ['architectures: amd64', 'architectures is "amd64", but must be a list; write ["amd64"]'],
    ['packages: a', 'packages is "a", but must be a list'],
    ['packages: [a]', 'packages[0] is "a", but must be a map of keys and values; known are path, name, paths'],
    ['smoke: { checks: [{ tcp: 80 }] }', 'smoke.checks[0].tcp is 80, but must be a loopback address with a port'],
    ['smoke: { commands: [7] }', 'smoke.commands[0] is 7, but must be text; put it in quotes'],
    ['smoke: { commands: [a: b] }', 'smoke.commands[0] is a map, but must be text; one that holds ": " has to be in quotes'],
    ['smoke: { commands: [~] }', 'smoke.commands[0] is empty; remove the entry or give it a value'],
    ['smoke: { commands: [""] }', 'smoke.commands[0] is an empty text; remove the entry or give it a value'],
    ['lint: { fail-on: }', 'lint.fail-on is empty; remove the key or give it a value'],
    ['lint: { fail-on: [error] }', 'lint.fail-on is a list, but must be one of error, warning'],
  ])('%s', async (text, message) => {
    const found = await failure(text);
    expect(found.message).toContain(message);
    expect(found.message).not.toContain('more:');
  });
});

test('a key of another section is told where it is at home', async () => {
  const { message } = await failure('services: []');
  expect(message).toContain('"services" is not a key of the file');
  expect(message).toContain('; it is a key of smoke: is it indented as it should be?');
  expect((await failure('lint: { distributions: [debian:12] }')).message).toContain('; it is a key of the file:');
});
