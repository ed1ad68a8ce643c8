import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { errorCatalog } from '../error-catalog.ts';
import { boolean, defineAction, duration, glob, integer, list, oneOf, path, secret, text } from '../spec.ts';
import {
  renderActionYml,
  renderErrorCatalog,
  renderErrorsTable,
  renderInputsTable,
  renderOutputsTable,
  renderPermissionsTable,
  replaceRendered,
} from './index.ts';
import { yamlText } from './yaml-text.ts';

const spec = defineAction({
  name: 'probe',
  description: "Probes: it's <b>all</b> there.",
  inputs: {
    tag: text({ description: 'The tag.' }),
    title: text({ optional: true, defaultText: 'the tag | name', patternText: 'words', description: 'A `title` of [two]\nlines.' }),
    'dry-run': boolean({ default: false, description: 'Only says.' }),
    parallel: integer({ min: 1, max: 8, default: 2, description: 'How many.' }),
    timeout: duration({ default: '1h', description: 'How long.' }),
    'fail-on': oneOf({ values: ['error', 'warning', 'none'], default: 'error', description: 'When.' }),
    profiles: list({ values: ['nocheck', 'cross'], default: [], description: 'Which.' }),
    names: list({ default: ['a', 'b|c'], description: 'Names.' }),
    source: path({ default: '.', anywhere: true, description: 'Where.' }),
    output: path({ optional: true, description: 'Whereto.' }),
    files: glob({ default: '**/*.deb', description: 'Files.' }),
    key: secret({ optional: true, description: 'Key.' }),
    token: secret({ optional: true, jobToken: true, defaultText: "the job's", description: 'Token.' }),
  },
  outputs: { result: { description: 'passed, or failed.' } },
  permissions: [{ permission: 'contents: read', reason: 'to read' }],
  errors: ['E_INPUT', 'E_NAME'],
});
const empty = defineAction({ name: 'empty', description: 'Nothing.', inputs: {}, outputs: {}, permissions: [], errors: [] });

describe('action.yml', () => {
  test('says what the spec says, to a YAML parser', () => {
    const yml: unknown = parse(renderActionYml(spec));
    expect(yml).toMatchObject({
      name: 'release-kit probe',
      description: spec.description,
      outputs: { result: { description: 'passed, or failed.' } },
      runs: { using: 'node24', main: 'index.js' },
      branding: { icon: 'package', color: 'purple' },
      inputs: {
        tag: { description: 'The tag.', required: true },
        title: { description: spec.inputs.title.description, required: false },
        'dry-run': { default: 'false', required: false },
        parallel: { default: '2' },
        names: { default: 'a\nb|c' },
        files: { default: '**/*.deb' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills it in.
        token: { default: '${{ github.token }}', required: false },
      },
    });
    expect(Object.keys((yml as { inputs: object }).inputs)).toEqual(Object.keys(spec.inputs));
    expect(yml).not.toHaveProperty('inputs.title.default');
    expect(yml).not.toHaveProperty('inputs.profiles.default');
  });

  test('leaves out what is empty', () => {
    expect(Object.keys(parse(renderActionYml(empty)) as object)).toEqual(['name', 'description', 'runs', 'branding']);
  });

  test('any text comes back from YAML as it was', () => {
    for (const word of ['yes', 'null', 'NO', '1.0', '0x1', '- a', 'a: b', 'a #b', "it's", '', ' a', 'a ', '~', '.', '2026-01-01'])
      expect(parse(yamlText(word))).toBe(word);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (given) => {
        expect(parse(`key: ${yamlText(given)}`)).toEqual({ key: given });
      }),
    );
  });
});

describe('README tables', () => {
  test('inputs', () => {
    expect(renderInputsTable(spec)).toBe(
      [
        '| Input | Type | Default | Description |',
        '| --- | --- | --- | --- |',
        '| `tag` | text | **required** | The tag. |',
        '| `title` | words | the tag \\| name | A \\`title\\` of \\[two\\] lines. |',
        '| `dry-run` | true or false | `false` | Only says. |',
        '| `parallel` | whole number, 1 to 8 | `2` | How many. |',
        '| `timeout` | length of time (90s, 15m, 1h) | `1h` | How long. |',
        '| `fail-on` | error, warning or none | `error` | When. |',
        '| `profiles` | list, one per line: nocheck or cross | empty | Which. |',
        '| `names` | list, one per line | `a`<br><code>b\\|c</code> | Names. |',
        '| `source` | path | `.` | Where. |',
        '| `output` | path inside the workspace | empty | Whereto. |',
        '| `files` | file name pattern inside the workspace | `**/*.deb` | Files. |',
        '| `key` | secret | empty | Key. |',
        "| `token` | secret | the job's | Token. |",
      ].join('\n'),
    );
  });

  test('outputs, permissions, errors', () => {
    expect(renderOutputsTable(spec)).toBe('| Output | Description |\n| --- | --- |\n| `result` | passed, or failed. |');
    expect(renderPermissionsTable(spec)).toBe('| Permission | Why |\n| --- | --- |\n| `contents: read` | to read |');
    expect(renderPermissionsTable({ ...empty, root: 'it mounts | things' })).toBe(
      'No permission is needed: `permissions: {}`.\n\nRuns as root, by `sudo` where it is started as another user, because it mounts \\| things.',
    );
    expect(renderErrorsTable(spec).split('\n')).toEqual([
      '| Code | Cause | What to do |',
      '| --- | --- | --- |',
      expect.stringMatching(/^\| `E_INPUT` \| An input is/),
      expect.stringMatching(/^\| `E_NAME` /),
    ]);
  });

  test('say so where there is nothing', () => {
    expect([renderInputsTable(empty), renderOutputsTable(empty), renderPermissionsTable(empty), renderErrorsTable(empty)]).toEqual([
      'This action has no inputs.',
      'This action has no outputs.',
      'No permission is needed: `permissions: {}`.',
      'This action has no error codes of its own.',
    ]);
  });
});

test('docs/errors.md has a heading, cause and cure for every code', () => {
  const page = renderErrorCatalog();
  const headings = [...page.matchAll(/^### (\w+)$/gm)].map(([, code]) => code);
  expect(headings.sort()).toEqual(Object.keys(errorCatalog).sort());
  expect(page).toMatch(/## Wrong usage[\s\S]*### E_INPUT\n\nAn input is unknown.*\n\nWhat to do: Correct the input/);
  expect(page.endsWith('.\n')).toBe(true);
});

describe('markers', () => {
  const page = 'a\n<!-- rendered: x -->\nold\n<!-- /rendered -->\nb\n<!-- rendered: y --><!-- /rendered -->\n';

  test('what is between them is replaced, twice is the same as once', () => {
    const once = replaceRendered(replaceRendered(page, 'x', 'new $& table'), 'y', 'Y');
    expect(once).toBe('a\n<!-- rendered: x -->\nnew $& table\n<!-- /rendered -->\nb\n<!-- rendered: y -->\nY\n<!-- /rendered -->\n');
    expect(replaceRendered(once, 'x', 'new $& table')).toBe(once);
  });

  test('missing, doubled or open ones are errors', () => {
    expect(() => replaceRendered(page, 'z', '')).toThrow(/exactly once, but is there 0 times/);
    expect(() => replaceRendered(page + page, 'x', '')).toThrow(/2 times/);
    expect(() => replaceRendered('<!-- rendered: x -->\n', 'x', '')).toThrow(/not closed/);
    expect(() => replaceRendered('<!-- rendered: x -->\n<!-- rendered: y -->\n<!-- /rendered -->', 'x', '')).toThrow(/not closed/);
  });
});
