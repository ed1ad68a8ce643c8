import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { maxOutputBytes } from './notes-output.ts';
import { projectForEach } from './project-for-each.test-support.ts';

const project = projectForEach();
const bytesOf = (notes: string) => Buffer.byteLength(JSON.stringify(notes));

test('notes that no variable could hold are cut by whole entries as an output, and whole in the file', async () => {
  const subjects = Array.from({ length: 900 }, (_, index) => `feat: ${'変更'.repeat(40)} ${index}`);
  await project.history(...subjects);
  const { notes } = await project.changelog({ output: 'notes.md' });
  const file = await readFile(join(project.host.files.workspace, 'notes.md'), 'utf8');
  expect(bytesOf(file)).toBeGreaterThan(128 * 1024);
  expect(bytesOf(notes)).toBeLessThanOrEqual(maxOutputBytes);
  expect(bytesOf(notes)).toBeGreaterThan(maxOutputBytes * 0.9);
  const entries = notes.split('\n').filter((line) => line.startsWith('- '));
  for (const entry of entries) expect(file).toContain(`${entry}\n`);
  expect(notes).toContain(`… and ${900 - entries.length} more, left out because release notes have a limit.`);
});

test('notes that fit are the same as output and file', async () => {
  await project.history('feat: one "quoted"', 'fix: two');
  const { notes } = await project.changelog({ output: 'notes.md' });
  expect(notes).toBe(await readFile(join(project.host.files.workspace, 'notes.md'), 'utf8'));
});
