import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bumpFile } from './bump-file.ts';

const bump = (text: string, options = {}) => bumpFile('marked text', text, { file: 'README.md', to: '1.3.0', ...options });

const readme = `# tool 1.2.0

Since 1.2.0 it can do more. Mark lines by \`<!-- x-release-version -->\` 1.1.0.

The newest is v1.2.0 (not 1.1.0, 11.2.0, 1.2.0.1 or 1.2.03). <!-- x-release-version -->

<!-- x-release-version-start -->
\`\`\`sh
apt install ./tool_1.2.0_amd64.deb ./tool-1.2.0.tar.gz node@20.1.0
\`\`\`
<!-- x-release-version-end -->

    version = "1.2.0"  # x-release-version
`;

describe('marked text', () => {
  test('the expected version changes on marked lines and in blocks, and nowhere else', async () => {
    const { text, places } = await bump(readme, { from: '1.2.0' });
    const lines = readme.split('\n');
    expect(text.split('\n').flatMap((line, index) => (line === lines[index] ? [] : [line]))).toEqual([
      'The newest is v1.3.0 (not 1.1.0, 11.2.0, 1.2.0.1 or 1.2.03). <!-- x-release-version -->',
      'apt install ./tool_1.3.0_amd64.deb ./tool-1.3.0.tar.gz node@20.1.0',
      '    version = "1.3.0"  # x-release-version',
    ]);
    expect(places.map(({ line }) => line)).toEqual([5, 9, 9, 13]);
  });

  test('a candidate is another version than its release', async () => {
    const text = '1.2.0-rc.1 and 1.2.0, tool-1.2.0-rc.1.tar.gz // x-release-version\r\n';
    expect((await bump(text, { from: '1.2.0-rc.1', to: '1.2.0' })).text).toBe(
      '1.2.0 and 1.2.0, tool-1.2.0.tar.gz // x-release-version\r\n',
    );
    expect((await bump(text, { from: '1.2.0' })).text).toBe('1.2.0-rc.1 and 1.3.0, tool-1.2.0-rc.1.tar.gz // x-release-version\r\n');
  });

  test('without an expected version all marked ones must be the same', async () => {
    expect((await bump('v1.2.0-beta.2 1.2.0-beta.2 <!-- x-release-version -->')).places).toHaveLength(2);
    await expect(bump('a 1.2.0 // x-release-version\nb 1.1.0 // x-release-version')).rejects.toMatchObject({
      code: 'E_BUMP',
      place: { line: 2 },
    });
  });

  test.each([
    ['tool 1.2.0', 1, /no version in this marked text/],
    ['\nnone <!-- x-release-version -->', 2, /no version 1.2.0 beside/],
    ['\n1.1.0 <!-- x-release-version -->', 2, /no version 1.2.0 beside/],
    ['\n<!-- x-release-version-start -->\n1.2.0', 2, /not closed/],
    ['\n<!-- x-release-version-start -->\n1.2.0 <!-- x-release-version -->', 3, /before this mark is not closed/],
    ['\n<!-- x-release-version-start -->\n\n<!-- x-release-version-end -->', 2, /no version 1.2.0 beside/],
    ['\n1.2.0\n<!-- x-release-version-end -->', 3, /no block/],
  ])('%j is refused, with its line', async (text, line, problem) => {
    await expect(bump(text, { from: '1.2.0' })).rejects.toThrowWithCode('E_BUMP', problem);
    await expect(bump(text, { from: '1.2.0' })).rejects.toMatchObject({ place: { line } });
  });

  test('a read-me without marks stays, when nobody named it', async () => {
    expect(await bump('tool 1.2.0', { byHabit: true })).toEqual({ text: 'tool 1.2.0', places: [], remarks: [] });
  });

  test('what is not marked never changes', async () => {
    const line = fc.string().map((text) => text.replaceAll('x-release-version', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(line), async (above, below) => {
        const text = (version: string) => [...above, `${version} <!-- x-release-version -->`, ...below].join('\n');
        expect((await bump(text('1.2.0'), { from: '1.2.0' })).text).toBe(text('1.3.0'));
      }),
    );
  });

  test.each([
    `${'1.2.0-rc.1'.padEnd(2 ** 20, '1')}x`,
    '1.'.repeat(2 ** 19),
    '1.2.0-rc1-'.repeat(2 ** 17),
    `#${' '.repeat(2 ** 20)}`,
    '<!-- '.repeat(2 ** 18),
  ])('a hostile MiB ends (%#)', async (noise) => {
    const text = `${noise} 1.2.0 <!-- x-release-version -->`;
    expect((await bump(text, { from: '1.2.0' })).text.length).toBe(text.length);
  });
});
