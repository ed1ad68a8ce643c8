import { describe, expect, test } from '@jest/globals';
import {
  announcementOf,
  changelogOf,
  defaultStyle,
  insertSection,
  migrationGuide,
  type NotesStyle,
  notesOf,
  type ParsedCommit,
  parseCommit,
  type Release,
  repositoryLinks,
} from '@release-kit/history';
import fc from 'fast-check';
import { githubHtml } from '../support/pictures/page.ts';

const styles: readonly NotesStyle[] = [defaultStyle, { ...defaultStyle, links: repositoryLinks('https://git.example.org/a/b') }];

const pieces = [
  '<img src=x onerror=y>',
  '</details>',
  '<!-- ',
  '[x](javascript:alert)',
  '![x](https://evil.example/x.png)',
  'https://evil.example',
  '12https://evil.example',
  '_www.evil.example',
  'a@evil.example',
  'xmpp:a@evil.example',
  '[a]: https://evil.example',
  '[a]',
  '<https://evil.example>',
  '`',
  '``',
  '**',
  '_',
  '~',
  '|',
  '\n',
  '\n\n',
  '\r',
  '# ',
  '- [ ] ',
  '1. ',
  '> ',
  '---',
  '\n```\n',
  '[^1]',
  ']',
  '(',
  ')',
  '\\',
  '&lt;',
  '&#x5b;',
  ' ',
  'words',
];
const hostileText = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''));

function releaseOf(text: string): Release {
  const commit: ParsedCommit = {
    ...parseCommit({ sha: 'a'.repeat(40), subject: text, body: '', authorName: text, timestamp: 1 }),
    kind: 'conventional',
    type: 'feat',
    scope: text,
    description: text,
    breaking: undefined,
    pullRequest: 12,
  };
  return {
    name: 'v2.0.0',
    version: '2.0.0',
    sha: 'a'.repeat(40),
    timestamp: 1,
    previous: { name: 'v1.0.0', version: '1.0.0', reason: '' },
    commits: [commit, { ...commit, breaking: `${text}\n\n${text}`, pullRequest: undefined }, { ...commit, kind: 'other', type: undefined }],
    count: 3,
    contributors: [{ name: text, email: text, commits: 1, isFirst: true }],
  };
}

/** Elements and addresses that are none of ours. */
async function foreignParts(markdown: string): Promise<readonly string[]> {
  const html = await githubHtml(markdown);
  const elements = (html.match(/<[a-z][^>]*>/g) ?? []).filter(
    (tag) => !/^<(?:h[1-6]|ul|li|p|strong|code|a href="https:\/\/git\.example\.org\/[^"]*")>$/.test(tag),
  );
  // GitHub looks for nobody inside of code.
  const words = html.replace(/<code>[^<]*<\/code>/g, '');
  return [...elements, ...(words.match(/@(?=[A-Za-z])/g) ?? [])];
}

describe('as GitHub renders it, text of commits is nothing but text (H5)', () => {
  test.each([
    ['notes', (release: Release, style: NotesStyle) => notesOf(release, style)],
    ['a changelog', (release: Release, style: NotesStyle) => [...changelogOf([release], style)].join('')],
    ['CHANGELOG.md', (release: Release, style: NotesStyle) => insertSection({ path: 'CHANGELOG.md', text: '' }, release, style)],
    ['a migration guide', (release: Release, style: NotesStyle) => migrationGuide([release], { from: '1.0', to: '2.0' }, style)],
    [
      'an announcement',
      async (release: Release, style: NotesStyle) => {
        const body = { file: undefined, text: '{% for each in features %}{{ each.text }} {{ each.scope }}{% endfor %}\n\n{{ notes }}' };
        const title = { file: undefined, text: '' };
        return (await announcementOf('issue', { project: 'a', release, style, address: undefined, templates: { title, body } })).body;
      },
    ],
  ])('in %s', async (_, write) => {
    await fc.assert(
      fc.asyncProperty(hostileText, fc.constantFrom(...styles), async (text, style) => {
        const markdown = await write(releaseOf(text), style);
        expect(await foreignParts(markdown)).toEqual([]);
        expect(await write(releaseOf(text), style)).toBe(markdown);
      }),
      { numRuns: 60 },
    );
  });
});
