import { describe, expect, test } from '@jest/globals';
import { correctedHeader } from './corrected-header.ts';

describe('the header that was meant', () => {
  test.each([
    ['feat:add x', 'feat: add x'],
    ['feat : add x', 'feat: add x'],
    ['Fix (core): x', 'fix(core): x'],
    ['fix：x', 'fix: x'],
    ['feat!(api): x', 'feat(api)!: x'],
    ['feat!!: x', 'feat!: x'],
    ['feat(): x', 'feat: x'],
    ['feat((a): x', 'feat(a): x'],
    ['[core] fix: x', 'fix: x'],
    ['PROJ-12 feat: x', 'feat: x'],
    ['🎉 feat: x', 'feat: x'],
    ['fea: x', 'feat: x'],
    ['bugfix: x', 'fix: x'],
    ['BREAKING CHANGE: x', 'feat!: x'],
    ['Add a new flag', 'feat: add a new flag'],
    ['Fixes the crash.', 'fix: fixes the crash'],
    ['Update of the README', 'chore: update of the README'],
    ['README for beginners', 'docs: README for beginners'],
  ])('%s -> %s', (subject, corrected) => {
    expect(correctedHeader(subject, {})).toBe(corrected);
  });

  test.each([
    ['other words', 'Whatever'],
    ['a type alone', 'fix:'],
    ['nothing', ''],
    ['another language', 'Überarbeitung'],
    ['long lines', 'x'.repeat(300)],
    ['hostile ones', `fix:${'('.repeat(100_000)}`],
    ['a word that is no type', 'a: b'],
  ])('is not guessed from %s', (_, subject) => {
    expect(correctedHeader(subject, {})).toBeUndefined();
  });

  test('is one of the types of the project, or none', () => {
    const types = new Set(['feat', 'fix']);
    expect(correctedHeader('fea: x', { types })).toBe('feat: x');
    expect(correctedHeader('Document x', { types })).toBeUndefined();
  });
});
