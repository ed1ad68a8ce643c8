/** New entries, as dpkg's own reader understands them. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { anyCharacter } from '@release-kit/action/any-character';
import fc from 'fast-check';
import { readChangelog, textOf } from './changelog-document.ts';
import { insertEntry } from './changelog-insert.ts';
import { type Paragraph, parseDeb822 } from './deb822.ts';

// From dpkg-dev; a machine of a developer may lack it, one of CI may not.
const withTool = existsSync('/usr/bin/dpkg-parsechangelog') || process.env['CI'] !== undefined ? test : test.skip;

const words = fc.oneof(
  fc.constantFrom(
    'closes:',
    '#12',
    'LP:',
    '-- ',
    '\n',
    '  * ',
    '[ Eve ]',
    'hello (9) unstable; urgency=low',
    'Local variables:',
    'vim:',
    '漢字',
    '# ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: anyCharacter, maxLength: 4 }),
);
const name = fc.constantFrom('Ada Builder', 'Bob Übersetzer', '漢 字', 'Dr. J. (Jay) D"oe');
const change = fc.record({
  text: fc.array(words, { maxLength: 30 }).map((parts) => `x${parts.join(' ')}`),
  author: fc.option(name, { nil: undefined }),
  closes: fc.array(fc.integer({ min: 1, max: 2_000_000 }), { maxLength: 5 }),
});
const release = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 5 }),
  distribution: fc.constantFrom('unstable', 'bookworm-backports', 'trixie sid', 'UNRELEASED2'),
  urgency: fc.constantFrom('low', 'medium', 'high'),
  maintainer: name.map((text) => `${text} <ada@example.org>`),
  offset: fc.integer({ min: -1439, max: 1439 }),
});

async function fieldsOf(host: RecordingHost, changelog: Uint8Array): Promise<readonly Paragraph[]> {
  const file = join(host.files.workspace, 'changelog');
  await writeFile(file, changelog);
  const { stdout, stderr } = await host.exec(['dpkg-parsechangelog', '--all', '--format', 'rfc822', '-l', file]);
  expect(stderr).toBe('');
  return parseDeb822(stdout, 'dpkg');
}

const fieldNames = ['Source', 'Version', 'Distribution', 'Urgency', 'Maintainer', 'Timestamp', 'Closes', 'Changes'] as const;
const first = 1_700_000_000;

describe('dpkg-parsechangelog', () => {
  withTool(
    'reads random entries as they were given, without a warning',
    async () => {
      await using host = await recordingHost();
      const property = fc.asyncProperty(fc.array(release, { minLength: 1, maxLength: 30 }), async (releases) => {
        let changelog: Uint8Array = Buffer.from('');
        for (const [index, given] of releases.entries())
          changelog = insertEntry(changelog, { ...given, package: 'hello', version: `2:1.${index}-1`, timestamp: first + index }, 'x');
        const entries = readChangelog(changelog).entries;
        const expected = releases.map((given, index) => ({
          Source: 'hello',
          Version: `2:1.${index}-1`,
          Distribution: given.distribution,
          Urgency: given.urgency,
          Maintainer: given.maintainer,
          Timestamp: String(first + index),
          Closes: [...new Set(given.changes.flatMap(({ closes }) => closes))].sort((a, b) => a - b).join(' ') || undefined,
          Changes: textOf(entries[releases.length - 1 - index]?.lines.join('') ?? '').trimEnd(),
        }));
        const read = (await fieldsOf(host, changelog)).map((fields) => Object.fromEntries(fieldNames.map((key) => [key, fields.get(key)])));
        expect(read.map((fields) => ({ ...fields, Changes: changesOf(fields['Changes'] ?? '') }))).toEqual(expected.toReversed());
        expect(entries.map(({ trailer }) => trailer?.timestamp)).toEqual(releases.map((_, index) => first + index).toReversed());
      });
      await fc.assert(property, { numRuns: 12 });
    },
    120_000,
  );

  withTool('reads what became of work in progress', async () => {
    await using host = await recordingHost();
    const changelog = await readFile(new URL('./fixtures/changelog/dch-two-authors.changelog', import.meta.url));
    const given = {
      version: '1:1.2~rc.1-1',
      changes: [{ text: 'Greet.', closes: [1099999] }],
      maintainer: 'Ada Builder <ada@example.org>',
      timestamp: 5,
    };
    const [newest] = await fieldsOf(host, insertEntry(changelog, given, 'x'));
    expect(newest?.get('Closes')).toBe('1099999');
    expect(newest?.get('Version')).toBe('1:1.2~rc.1-1');
    expect(newest?.get('Date')).toBe('Sun, 22 Nov 2026 00:16:17 +0000');
    expect(newest?.get('Changes')).toMatch(
      /\n {2}\[ Bob Übersetzer \]\n {2}\* Greet in German\.\n\.\n {2}\[ Ada Builder \]\n {2}\* Greet\. \(Closes: #1099999\)$/,
    );
  });
});

const trailer = ' -- A <a@b>  Sat, 21 Nov 2026 08:00:00 +0000\n';
const oddLines = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('heading', 'heading', '  * x\n', trailer, '\n') },
  fc.constantFrom(
    ' -- A <a@b> 1 Nov 2026 8:00:00 +0000 \n',
    ' -- A <a@b>\n',
    ' --\n',
    '\tx\n',
    '\t\tx\n',
    '# c\n',
    '$Id: x$\n',
    '/* c */\n',
    '/* c\n',
  ),
  fc.constantFrom('Some words\n', '#c\n', ' x\n', '\r\n', '  \n', ' hello (1) u; urgency=low\n', '-- x\n', ` ${trailer}`),
  fc.constantFrom(
    'hello (1)\tu v ; urgency=low\n',
    'Hello+.-1 (1.5-z)\tu  v;\n',
    ' -- A <b> <a@b>  Sat,21 Nov 2026 08:00:00 +0000\n',
    `x${trailer}`,
  ),
  fc.constantFrom('vim: x\n', 'Old Changelog:\n', 'hello-1 Debian 2\n', 'hello (1)\n', 'Mon Jul 5 1996 A <b>\n', ';; local variables: x\n'),
);

withTool(
  'finds the entries that dpkg-parsechangelog finds, whatever stands between them',
  async () => {
    await using host = await recordingHost();
    const property = fc.asyncProperty(fc.array(oddLines, { minLength: 5, maxLength: 40 }), async (parts) => {
      const headings = parts.map((part, index) => (part === 'heading' ? `hello (1.${index}-1) unstable; urgency=low\n` : part));
      // Where it finds none at all, it fails.
      const text = `hello (0-1) unstable; urgency=low\n${headings.join('')}`;
      const stdin = Buffer.from(text, 'latin1');
      const { stdout } = await host.exec(['dpkg-parsechangelog', '--all', '--format', 'rfc822', '-l', '-'], { stdin });
      // dpkg makes entries up for changes without a heading.
      const versions = [...stdout.matchAll(/^Version: (.*)$/gm)]
        .map(([, version = '']) => version)
        .filter((version) => !/^unknown/.test(version));
      expect(readChangelog(stdin).entries.map(({ version }) => version)).toEqual(versions);
    });
    await fc.assert(property, { numRuns: 30 });
  },
  120_000,
);

/** Without the heading; in the form that a changelog has. */
function changesOf(value: string): string {
  return value
    .split('\n')
    .slice(2)
    .map((line) => (line === '.' ? '' : line))
    .join('\n');
}
