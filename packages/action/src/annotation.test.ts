import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AnnotationBudget, fitAnnotation, maxMessageCharacters } from './annotation.ts';
import { SummaryText } from './summary.ts';
import { anyCharacter } from './testing/any-character.ts';
import { workflowCommand } from './workflow-command.ts';

describe('an annotation', () => {
  const base = { level: 'error', message: 'm' } as const;

  test('is cut to what the runner keeps, and says so', () => {
    const { message, title } = fitAnnotation({ ...base, message: '😀'.repeat(50_000), title: 't'.repeat(300) });
    expect(message.length).toBeLessThanOrEqual(maxMessageCharacters);
    expect(message.length).toBeGreaterThan(maxMessageCharacters - 3);
    expect(message).toMatch(/ … \(cut: 100000 characters\)$/);
    expect(message.isWellFormed()).toBe(true);
    expect(title).toHaveLength(255);
    expect(fitAnnotation({ ...base, message: 'x'.repeat(maxMessageCharacters) }).message).toBe('x'.repeat(maxMessageCharacters));
  });

  test('is inert in message, title and file', () => {
    expect(fitAnnotation({ level: 'notice', message: '::error::\u001b', title: '##[x]\n', file: 'a\u202e##[b\n.c' })).toEqual({
      level: 'notice',
      message: '\\::error::\\x1b',
      title: '#\\#[x]\\n',
      file: 'a\\u{202e}#\\#[b\\n.c',
    });
  });

  test.each([
    ['/w/src/a.c', { file: 'src/a.c', line: 3, column: 2 }, 'm'],
    ['debian/control', { file: 'debian/control', line: 3, column: 2 }, 'm'],
    ['/etc/passwd', {}, '/etc/passwd:3: m'],
    ['../../etc/passwd', {}, '../../etc/passwd:3: m'],
    ['a/../../b', {}, 'a/../../b:3: m'],
  ])("about %s is shown in the user's checkout or without a place", (file, place, message) => {
    expect(fitAnnotation({ ...base, file, line: 3, column: 2 }, '/w')).toEqual({ level: 'error', message, ...place });
  });

  test('has only lines and columns that GitHub can show', () => {
    const at = (place: object): object => fitAnnotation({ ...base, file: 'f', ...place });
    expect(at({ line: 0 })).toEqual({ ...base, file: 'f' });
    expect(at({ line: Number.NaN, column: 1 })).toEqual({ ...base, file: 'f' });
    expect(at({ line: 2, endLine: 4, column: 7 })).toEqual({ ...base, file: 'f', line: 2, endLine: 4 });
    expect(at({ line: 5, endLine: 2, column: 7 })).toEqual({ ...base, file: 'f', line: 5, endLine: 5, column: 7 });
  });
});

test('ten annotations of a level are shown, an error is kept back, the rest is counted', () => {
  const budget = new AnnotationBudget();
  expect(Array.from({ length: 12 }, () => budget.take('warning')).filter(Boolean)).toHaveLength(10);
  expect(Array.from({ length: 9 }, () => budget.take('error')).every(Boolean)).toBe(true);
  expect(budget.overflow()).toEqual([expect.stringMatching(/^2 more of level warning /)]);
  expect(budget.take('error')).toBe(false);
  expect(budget.overflow()).toHaveLength(2);
});

describe('a workflow command', () => {
  test('escapes what would end a property or the line', () => {
    expect(workflowCommand('error', { file: 'a:b,c%', line: 3, title: undefined, col: '' }, 'x%0A\r\ny')).toBe(
      '::error file=a%3Ab%2Cc%25,line=3::x%250A%0D%0Ay',
    );
    expect(workflowCommand('endgroup', {}, '')).toBe('::endgroup::');
  });

  test('is read back by a runner as it was meant, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 1 }), fc.string({ unit: anyCharacter }), (file, message) => {
        const line = workflowCommand('error', { file, line: 1 }, message);
        expect(line).not.toMatch(/[\r\n]/);
        const [, properties = '', data = ''] = /^::error (.*?)::(.*)$/s.exec(line) ?? [];
        const read = (text: string): string =>
          text.replace(/%(0D|0A|3A|2C|25)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
        expect(properties.split(',').map((pair) => read(pair.slice(pair.indexOf('=') + 1)))).toEqual([file, '1']);
        expect(read(data)).toBe(message);
      }),
    );
  });
});

describe('a summary', () => {
  test('stays under 1 MiB, says what is missing, and has room for the last words', () => {
    const summary = new SummaryText();
    const block = 'x'.repeat(1000);
    for (let index = 0; index < 1100; index += 1) summary.add(block);
    summary.add('small');
    summary.addLast('the end');
    expect(Buffer.byteLength(summary.text)).toBeLessThan(1024 * 1024);
    expect(summary.text).toMatch(/the end\n\n_\d+ more parts did not fit/);
    expect(summary.text).not.toContain('small');
    summary.addLast('y'.repeat(50_000));
    expect(summary.text).not.toContain('yyy');
  });

  test('holds no secret, also not one that was learnt later', () => {
    let secret = 'none';
    const summary = new SummaryText((text) => text.replaceAll(secret, '***'));
    summary.add('a hunter2\n\n');
    secret = 'hunter2';
    expect(summary.text).toBe('a ***\n');
  });
});
