import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { programPage } from '../program.ts';
import { allPages, optionsOf, pageOf } from './command-page.ts';
import { explain } from './command-text.ts';
import { renderCommands } from './commands-document.ts';
import { helpText } from './help-text.ts';
import { manPage } from './man-page.ts';

const plain = (text: string): string => text;
const sample = new Command('release-kit').description('does things');
explain(
  sample
    .command('probe')
    .description('look at one thing')
    .argument('[path]', 'where', '.')
    .option('--level <low|high>', 'how much')
    .requiredOption('--into <folder>', 'what is written')
    .option('--keep [true|false]', 'or not'),
  {
    details: ["It's a \\ and a `-`."],
    environment: [{ word: 'PROBE', about: 'a variable' }],
    examples: [{ command: 'release-kit probe .', about: '.Here:' }],
  },
);

describe('a page is read from the definition of a command', () => {
  test('with what each value may be', () => {
    const [probe] = pageOf(sample).commands;
    expect(probe).toMatchObject({
      name: 'release-kit probe',
      synopsis: 'release-kit probe [options] [path]',
      parameters: [{ shown: '[path]', kind: 'file' }],
    });
    expect(probe === undefined ? [] : optionsOf(probe).slice(0, 3)).toMatchObject([
      { long: '--level', values: ['low', 'high'], optional: false },
      { long: '--into', kind: 'folder', about: 'what is written (must be given)' },
      { long: '--keep', values: ['true', 'false'], optional: true },
    ]);
  });

  test('every command of release-kit says what it does, and so does every flag and argument', () => {
    for (const page of allPages(programPage())) {
      expect(page.about).toMatch(/\w{3}/);
      for (const { about } of [...optionsOf(page), ...page.parameters]) expect(about).toMatch(/\w{3}/);
    }
  });
});

describe('help', () => {
  test.each([60, 80, 200])('at %i columns no line of running text is longer, nor than 100', (width) => {
    for (const page of allPages(programPage())) {
      const text = helpText(page, width, plain);
      // Flags, synopses and commands are never broken.
      const long = text
        .split('\n')
        .filter((line) => line.length > Math.min(width, 100) && !/^ *(--|-\w,|release-kit|if |version=)/.test(line));
      expect(long).toEqual([]);
    }
  });

  test('has the parts of a man page in its order', () => {
    const [probe] = pageOf(sample).commands;
    const titles = probe === undefined ? [] : helpText(probe, 80, (title) => `# ${title}`).match(/^# .*/gm);
    expect(titles).toEqual([
      '# Usage',
      '# Description',
      '# Arguments',
      '# Options',
      '# Options of every command',
      '# Environment',
      '# Exit codes',
      '# Examples',
    ]);
  });
});

describe('the man page', () => {
  test('escapes what roff takes for itself', () => {
    const page = manPage(pageOf(sample), '1.0');
    expect(page).toContain('It\\(aqs a \\e and a \\(ga\\-\\(ga.');
    expect(page).toContain('\n\\&.Here:\n');
  });

  describe.each([
    { program: 'groff', args: ['-man', '-ww', '-z', '-Tutf8'] },
    { program: 'mandoc', args: ['-T', 'lint', '-W', 'warning'] },
  ])('$program', ({ program, args }) => {
    const tried = existsSync(`/usr/bin/${program}`) ? test : test.skip;

    tried('has nothing to say against it', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'man-page-'));
      const file = join(folder, 'release-kit.1');
      await writeFile(file, manPage(programPage(), '1.0'));
      // Without a date the same sources give the same bytes.
      expect(said(program, [...args, file]).filter((line) => !line.includes('missing date'))).toEqual([]);
      await rm(folder, { recursive: true });
    });
  });
});

/** groff tells on standard error, mandoc on standard output. */
function said(program: string, args: readonly string[]): readonly string[] {
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}

test('docs/commands.md has a section for each command, and no bar of a flag ends a cell', () => {
  const text = renderCommands(programPage());
  for (const { path } of allPages(programPage()).slice(1)) expect(text).toContain(`\n### ${path.join(' ')}\n`);
  for (const line of text.split('\n').filter((one) => one.startsWith('| `--'))) expect(line.match(/(?<!\\)\|/g)).toHaveLength(3);
});
