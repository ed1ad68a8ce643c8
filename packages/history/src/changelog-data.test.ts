import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { changelogJson } from './changelog-data.ts';
import { changelogSchema } from './changelog-schema.ts';
import { hostileText } from './hostile-text.test-support.ts';
import { defaultStyle } from './notes-style.ts';
import { hostileRelease, linkedStyle, sampleRelease } from './sample-release.test-support.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile(changelogSchema);
const first = { ...sampleRelease, name: 'v1.4.0', version: '1.4.0', previous: undefined, commits: [], contributors: [] };

describe('a changelog as data', () => {
  test.each([
    ['with links', [sampleRelease, first], linkedStyle],
    ['without', [sampleRelease], defaultStyle],
    ['of what has no version', [{ ...sampleRelease, version: undefined }], defaultStyle],
    ['of nothing', [], defaultStyle],
  ])('follows its schema: %s', (_, releases, style) => {
    const data: unknown = JSON.parse([...changelogJson(releases, style)].join(''));
    validate(data);
    expect(validate.errors).toBeNull();
  });

  test('says what each commit is, and in which section it stands', () => {
    const data: unknown = JSON.parse([...changelogJson([sampleRelease], linkedStyle)].join(''));
    expect(data).toMatchObject({
      releases: [
        {
          date: '2026-03-01',
          breaking: true,
          compare: 'https://git.example.org/a/b/compare/v1.4.0...v2.0.0',
          commits: expect.arrayContaining([
            expect.objectContaining({ kind: 'merge', section: null }),
            expect.objectContaining({ description: 'drop v1 (#30)', scope: 'api', pullRequest: 30, section: 'Breaking changes' }),
          ]),
        },
      ],
    });
  });

  test('has no address of mail', () => {
    expect([...changelogJson([sampleRelease], linkedStyle)].join('')).not.toContain('ann@');
  });

  test('whatever commits say, it is one line for each release', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const json = [...changelogJson([hostileRelease(text), first], linkedStyle)].join('');
        expect(json.split('\n')).toHaveLength(5);
        expect(validate(JSON.parse(json))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
