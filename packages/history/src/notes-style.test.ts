import { describe, expect, test } from '@jest/globals';
import { defaultSections, notesSections, sorterOf } from './notes-style.ts';
import { commitOf } from './sample-release.test-support.ts';

const titles = (sections: ReturnType<typeof notesSections>): readonly string[] => sections.map(({ title }) => title);

describe('sections of one’s own', () => {
  test('always have a place for what breaks, first, and for what no other takes', () => {
    expect(titles(notesSections([]))).toEqual(['Breaking changes', 'Other changes']);
    expect(titles(notesSections([{ title: 'New', types: ['feat'] }]))).toEqual(['Breaking changes', 'New', 'Other changes']);
    expect(
      titles(
        notesSections([
          { title: 'All', types: ['*'] },
          { title: 'Watch out', types: ['!'] },
        ]),
      ),
    ).toEqual(['Watch out', 'All']);
  });

  test('never hide what breaks', () => {
    expect(notesSections([{ title: 'Watch out', types: ['!'], hidden: true }])[0]).toMatchObject({ hidden: false });
  });

  test('are the default ones when a project names those', () => {
    expect(notesSections(defaultSections).map(({ types }) => types)).toEqual(defaultSections.map(({ types }) => types));
  });

  test.each([
    [
      'a type that two want',
      [
        { title: 'A', types: ['feat'] },
        { title: 'B', types: ['fix', 'feat'] },
      ],
    ],
    ['a type that no commit has', [{ title: 'A', types: ['Feat'] }]],
    ['no title', [{ title: ' ', types: ['feat'] }]],
  ])('with %s are refused', (_, sections) => {
    expect(() => notesSections(sections)).toThrowWithCode('E_CONFIG');
  });
});

test.each([
  ['feat: x', 'Features'],
  ['feature: x', 'Features'],
  ['tests: x', 'Maintenance'],
  ['unheard: x', 'Other changes'],
  ['constructor: x', 'Other changes'],
  ['Words', 'Other changes'],
  ['Revert "x"', 'Reverts'],
  ['revert: x', 'Reverts'],
  ['chore!: x', 'Breaking changes'],
])('%j stands in %s', (subject, title) => {
  expect(sorterOf(defaultSections).sectionOf(commitOf('a', subject)).title).toBe(title);
});
