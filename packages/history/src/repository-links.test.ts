import { describe, expect, test } from '@jest/globals';
import { anyCharacter } from '@release-kit/action/any-character';
import fc from 'fast-check';
import { githubPatterns, repositoryLinks } from './repository-links.ts';

describe('links to pages of a repository', () => {
  test.each(['https://git.example.org/a/b', 'https://git.example.org/a/b/', 'https://git.example.org/a/b.git'])('of %s', (address) => {
    const links = repositoryLinks(address);
    expect(links.commit('abc')).toBe('https://git.example.org/a/b/commit/abc');
    expect(links.number('12')).toBe('https://git.example.org/a/b/issues/12');
    expect(links.compare('pkg/v1.0.0', 'pkg/v1.1.0+x')).toBe('https://git.example.org/a/b/compare/pkg/v1.0.0...pkg/v1.1.0%2Bx');
    expect(links.history('v1.0.0')).toBe('https://git.example.org/a/b/commits/v1.0.0');
  });

  test('follow the patterns of another forge', () => {
    const patterns = {
      commit: '/-/commit/{sha}',
      number: '/-/merge_requests/{number}',
      compare: '/-/compare/{from}...{to}',
      history: '/-/commits/{tag}',
    };
    expect(repositoryLinks('http://localhost:3000/a', patterns).number('1')).toBe('http://localhost:3000/a/-/merge_requests/1');
  });

  test.each([
    'javascript:alert(1)',
    'git@example.org:a/b.git',
    'https://example.org/a b',
    'https://example.org/a)b',
    'https://example.org/<a>',
    'https://',
    '',
  ])('are refused for %j', (address) => {
    expect(() => repositoryLinks(address)).toThrowWithCode('E_INPUT');
  });

  test.each(['/x/{tag}', '/x/{sha', '/x/{sha}) [y'])('are refused for the pattern %j', (commit) => {
    expect(() => repositoryLinks('https://example.org/a', { ...githubPatterns, commit })).toThrowWithCode('E_INPUT');
  });

  test('stay links of Markdown whatever a tag is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }), (from, to) => {
        expect(repositoryLinks('https://git.example.org/a/b').compare(from, to)).toMatch(
          /^https:\/\/git\.example\.org\/a\/b\/compare\/[\w.~/%-]*\.\.\.[\w.~/%-]*$/,
        );
      }),
    );
  });
});
