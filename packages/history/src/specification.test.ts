import { describe, expect, test } from '@jest/globals';
import type { ParsedCommit } from './commit.ts';
import { splitMessage } from './message.ts';
import { parseCommit } from './parse-commit.ts';

const parse = (...lines: readonly string[]): ParsedCommit =>
  parseCommit({ sha: 'a'.repeat(40), authorName: 'A', timestamp: 1, ...splitMessage(lines.join('\n')) });

describe('the examples of Conventional Commits 1.0.0', () => {
  test('description and breaking footer', () => {
    const text = '`extends` key in config file is now used for extending other config files';
    expect(parse('feat: allow provided config object to extend other configs', '', `BREAKING CHANGE: ${text}`)).toMatchObject({
      type: 'feat',
      description: 'allow provided config object to extend other configs',
      breaking: text,
      warnings: [],
    });
  });

  test('`!` draws attention to what breaks', () => {
    const text = 'send an email to the customer when a product is shipped';
    expect(parse(`feat!: ${text}`)).toMatchObject({ type: 'feat', scope: undefined, description: text, breaking: text });
  });

  test('scope and `!`', () => {
    const text = 'send an email to the customer when a product is shipped';
    expect(parse(`feat(api)!: ${text}`)).toMatchObject({ type: 'feat', scope: 'api', description: text, breaking: text });
  });

  test('both `!` and a breaking footer', () => {
    expect(parse('feat!: drop support for Node 6', '', 'BREAKING CHANGE: use JavaScript features not available in Node 6.')).toMatchObject({
      type: 'feat',
      description: 'drop support for Node 6',
      breaking: 'use JavaScript features not available in Node 6.',
    });
  });

  test('no body', () => {
    expect(parse('docs: correct spelling of CHANGELOG')).toMatchObject({ type: 'docs', description: 'correct spelling of CHANGELOG' });
  });

  test('a scope', () => {
    expect(parse('feat(lang): add Polish language')).toMatchObject({ type: 'feat', scope: 'lang', description: 'add Polish language' });
  });

  test('paragraphs and several footers', () => {
    const commit = parse(
      'fix: prevent racing of requests',
      '',
      'Introduce a request id and a reference to latest request. Dismiss',
      'incoming responses other than from latest request.',
      '',
      'Remove timeouts which were used to mitigate the racing issue but are',
      'obsolete now.',
      '',
      'Reviewed-by: Z',
      'Refs: #123',
    );
    const issues = [{ action: 'mention', repository: undefined, number: 123 }];
    expect(commit).toMatchObject({ type: 'fix', description: 'prevent racing of requests', breaking: undefined, issues, warnings: [] });
  });
});

describe('the numbered items of Conventional Commits 1.0.0', () => {
  test('1: type, maybe scope, maybe `!`, then colon and blank', () => {
    for (const header of ['feat: x', 'feat(a): x', 'feat!: x', 'feat(a)!: x']) expect(parse(header).kind).toBe('conventional');
    for (const header of ['x', ': x', 'feat x', 'feat:x', 'feat :x', 'feat!x: y', 'feat(a) x']) expect(parse(header).kind).toBe('other');
  });

  test('2 and 3: feat and fix are types like others, and told apart', () => {
    expect([parse('feat: x').type, parse('fix: x').type]).toEqual(['feat', 'fix']);
  });

  test('4: a scope is a word in brackets after the type', () => {
    expect(parse('fix(parser): x')).toMatchObject({ scope: 'parser', scopes: ['parser'] });
    expect(parse('(parser)fix: x').kind).toBe('other');
  });

  test('5: the description follows at once', () => {
    expect(parse('fix: array parsing issue when multiple spaces were contained in string').description).toBe(
      'array parsing issue when multiple spaces were contained in string',
    );
    expect(parse('fix: ', '', 'text').kind).toBe('other');
  });

  test('6: the body begins after one blank line, and without one its author is told', () => {
    expect(parse('fix: x', '', 'text').warnings).toEqual([]);
    expect(parse('fix: x', 'text')).toMatchObject({
      kind: 'conventional',
      description: 'x',
      warnings: [{ oddity: 'no-blank-line', line: 2 }],
    });
  });

  test('7: a body is any text in any number of paragraphs', () => {
    expect(parse('fix: x', '', 'a', '', '', 'b (c (d)', 'e(', '', ')')).toMatchObject({ type: 'fix', breaking: undefined, warnings: [] });
  });

  test('8: footers are a word, `: ` or ` #`, and a value, one blank line after the body', () => {
    expect(parse('fix: x', '', 'text', '', 'Closes: #1', 'Refs #2').issues.map(({ number }) => number)).toEqual([1, 2]);
    expect(parse('fix: x', '', 'text', 'Closes: #1', 'more').issues).toEqual([]);
  });

  test('9: the word has hyphens for blanks, but for BREAKING CHANGE', () => {
    expect(parse('fix: x', '', 'See also: #1').issues).toEqual([]);
    expect(parse('fix: x', '', 'See-also: #1').issues).toHaveLength(1);
    expect(parse('fix: x', '', 'BREAKING CHANGE: y').breaking).toBe('y');
  });

  test('10: a value may have blanks and lines, and ends at the next footer', () => {
    expect(parse('fix: x', '', 'BREAKING CHANGE: one two', 'three', '', 'four', 'Acked-by: Z', 'five').breaking).toBe(
      'one two\nthree\n\nfour',
    );
    expect(parse('fix: x', '', 'BREAKING CHANGE: one', 'Fixes #1').breaking).toBe('one');
  });

  test('11: what breaks is told by the header or by a footer', () => {
    expect(parse('fix!: x').breaking).toBe('x');
    expect(parse('fix: x', '', 'text', '', 'BREAKING CHANGE: y').breaking).toBe('y');
    expect(parse('fix: BREAKING CHANGE: y').breaking).toBeUndefined();
  });

  test('12: a breaking footer is BREAKING CHANGE, colon, blank and description', () => {
    expect(parse('fix: x', '', 'BREAKING CHANGE: environment variables now take precedence over config files').breaking).toBe(
      'environment variables now take precedence over config files',
    );
    for (const line of ['BREAKING CHANGE y', 'BREAKING CHANGE:y', 'BREAKING CHANGE #1', 'BREAKING CHANGES: y'])
      expect(parse('fix: x', '', line).breaking).toBeUndefined();
  });

  test('13: `!` stands right before the colon; the description says what breaks when no footer does', () => {
    expect(parse('chore(a)!: x')).toMatchObject({ breaking: 'x' });
    expect(parse('chore!(a): x')).toMatchObject({
      kind: 'other',
      breaking: undefined,
      warnings: [{ oddity: 'bang-out-of-place', column: 6 }],
    });
    expect(parse('chore! : x')).toMatchObject({
      kind: 'other',
      breaking: undefined,
      warnings: [{ oddity: 'bang-out-of-place', column: 6 }],
    });
  });

  test('14: other types may be used', () => {
    expect(parse('docs: update ref docs.')).toMatchObject({ kind: 'conventional', type: 'docs' });
    expect(parse('wibble: x')).toMatchObject({ kind: 'conventional', type: 'wibble' });
  });

  test('15: nothing depends on case, but BREAKING CHANGE does', () => {
    expect(parse('FEAT(API)!: x')).toMatchObject({ type: 'feat', scope: 'API', breaking: 'x' });
    expect(parse('fix: x', '', 'closes #1', 'RELEASE-AS: 2.0.0', 'CO-AUTHORED-BY: Z <z@example.org>')).toMatchObject({
      issues: [{ action: 'close', number: 1 }],
      releaseAs: '2.0.0',
      coAuthors: [{ name: 'Z', email: 'z@example.org' }],
    });
    expect(parse('fix: x', '', 'Breaking Change: y')).toMatchObject({ breaking: undefined, warnings: [{ oddity: 'breaking-spelling' }] });
  });

  test('16: BREAKING-CHANGE means the same in a footer, and only there', () => {
    expect(parse('fix: x', '', 'BREAKING-CHANGE: y').breaking).toBe('y');
    expect(parse('BREAKING-CHANGE: y')).toMatchObject({ type: 'breaking-change', breaking: undefined });
  });
});
