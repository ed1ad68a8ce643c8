import { expect, test } from '@jest/globals';
import { parseExplanations } from './explanation.ts';

// What lintian-explain-tags of lintian 2.116.3 prints.
const printed = `N:
E: description-too-short
N:${' '}
N:   The description contains only a single word. It is likely that the
N:   description won't be very clear for the user.
N:${' '}
N:   Please refer to The package synopsis, or short description (Section 6.2.2)
N:   in the Debian Developer's Reference for details.
N:${' '}
N:   Visibility: error
N:   Show-Always: no
N:   Check: fields/description
N:${' '}
N:
W: maintainer-script-empty
N:${' '}
N:   The named maintainer script does not appear to contain code other than
N:   comments.
N:${'   '}
N:   While harmless in most cases, it is not needed.
N:${' '}
N:   Visibility: warning
N:   Check: maintainer-scripts/empty
N:${' '}
`;

test('the meaning of each tag is kept, references and facts are not', () => {
  expect([...parseExplanations(printed)].map(([tag, { meaning }]) => [tag, meaning])).toEqual([
    [
      'description-too-short',
      "The description contains only a single word. It is likely that the description won't be very clear for the user.",
    ],
    [
      'maintainer-script-empty',
      'The named maintainer script does not appear to contain code other than comments.\nWhile harmless in most cases, it is not needed.',
    ],
  ]);
});

test('long ones are cut, and the cut is shown', () => {
  const long = `E: a-tag\nN:\n${'N:   word word\n'.repeat(100)}`;
  const text = parseExplanations(long).get('a-tag')?.meaning ?? '';
  expect(text.length).toBeLessThan(720);
  expect(text.endsWith(' …')).toBe(true);
  const two = `E: a-tag\nN:\nN: short\nN:\n${'N:   word word\n'.repeat(100)}`;
  expect(parseExplanations(two).get('a-tag')?.meaning).toBe('short\n…');
});

test('anything else is no entry', () => {
  expect(parseExplanations('').size).toBe(0);
  expect(parseExplanations('Unknown tag: nonsense\nN: floating\n').size).toBe(0);
});
