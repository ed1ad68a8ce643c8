import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { anyCharacter } from '@release-kit/action/any-character';
import fc from 'fast-check';
import { parseChangelog } from './changelog.ts';
import { formatChangelogEntry, type NewChangelogEntry } from './changelog-entry.ts';

const entry: NewChangelogEntry = {
  package: 'hello',
  version: '1.2.3~rc.1-1',
  distribution: 'bookworm',
  urgency: 'medium',
  changes: ['Say hello to everybody.'],
  maintainer: 'Ada Builder <ada@example.org>',
  timestamp: 1795249454,
};

describe('formatChangelogEntry', () => {
  test('writes the form of deb-changelog(5)', () => {
    expect(formatChangelogEntry(entry)).toBe(
      'hello (1.2.3~rc.1-1) bookworm; urgency=medium\n\n  * Say hello to everybody.\n\n -- Ada Builder <ada@example.org>  Sat, 21 Nov 2026 08:24:14 +0000\n\n',
    );
  });

  test('wraps long changes, keeps their lines, and no line is longer than 80', () => {
    const text = formatChangelogEntry({ ...entry, changes: ['word '.repeat(40), 'first\n\nsecond'] });
    expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(text).toContain('\n    word word');
    expect(text).toContain('  * first\n    second\n');
  });

  test('makes hostile changes inert: no heading, no trailer, no command comes of them', () => {
    const changes = [
      'x\nhello (9) unstable; urgency=low',
      ' -- Eve <e@e>  Sat, 21 Nov 2026 08:24:14 +0000',
      '::error::x\r\n##[group]\u001b[2J',
      '\0',
    ];
    const text = formatChangelogEntry({ ...entry, changes });
    expect(parseChangelog(text, 'x')).toEqual([
      expect.objectContaining({ version: entry.version, maintainer: entry.maintainer, timestamp: entry.timestamp }),
    ]);
    expect(text).not.toMatch(/\u001b|\0|\r|##\[|^\s*::/m);
  });

  test.each([
    { package: 'Hello' },
    { version: 'x' },
    { version: '1) unstable; urgency=low\n' },
    { distribution: 'a;b' },
    { distribution: '' },
    { urgency: 'soon' },
    { maintainer: 'Ada' },
    { maintainer: 'Ada <a@b>\n\nx' },
    { changes: [] },
    { changes: [' ', '\n'] },
    { timestamp: Number.NaN },
    { timestamp: -5 },
  ])('refuses %j', (change) => {
    expect(() => formatChangelogEntry({ ...entry, ...change })).toThrowWithCode('E_CHANGELOG');
  });

  test('is read back, for any changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: anyCharacter, minLength: 1 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 4e9 }),
        (changes, timestamp) => {
          const [parsed, ...rest] = parseChangelog(formatChangelogEntry({ ...entry, timestamp, changes: ['a', ...changes] }), 'x');
          expect(rest).toEqual([]);
          expect(parsed).toMatchObject({ package: 'hello', version: entry.version, timestamp, maintainer: entry.maintainer });
        },
      ),
    );
  });

  // From dpkg-dev; a machine of a developer may lack it, one of CI may not.
  const withTool = existsSync('/usr/bin/dpkg-parsechangelog') || process.env['CI'] !== undefined ? test : test.skip;

  withTool('is read the same way by dpkg-parsechangelog', async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'changelog');
    await writeFile(
      file,
      formatChangelogEntry({ ...entry, changes: ['Say hello. '.repeat(20), '-- x', 'closes: #123'] }) +
        formatChangelogEntry({ ...entry, version: '1.0-1' }),
    );
    const { stdout, stderr } = await host.exec(['dpkg-parsechangelog', '--all', '-l', file]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Version: 1\.2\.3~rc\.1-1$/m);
    expect(stdout).toMatch(/^Distribution: bookworm$/m);
    expect(stdout).toMatch(/^Timestamp: 1795249454$/m);
    expect(stdout).toMatch(/^Maintainer: Ada Builder <ada@example\.org>$/m);
    expect(stdout).toContain('\n hello (1.0-1) bookworm; urgency=medium\n');
  });
});
