import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { readBaseline, usualBaseline } from './baseline-file.ts';
import { updateBaseline } from './baseline-update.ts';
import type { Tool } from './finding.ts';
import { findingOf } from './hint.test-support.ts';

const checked = { files: [{ name: 'hello_1.0_amd64.deb', distribution: 'debian:12' }], tools: new Set<Tool>(['lintian']) };

async function update(host: RecordingHost, tags: readonly string[], renamed: ReadonlyMap<string, string> = new Map()): Promise<string> {
  const workspace = host.files.workspace;
  const baseline = await readBaseline(workspace, workspace, { input: undefined, configured: undefined });
  await updateBaseline(baseline, { findings: tags.map((tag) => findingOf({ tag })), checked, renamed }, host);
  return readFile(join(workspace, usualBaseline), 'utf8');
}

test('is made, then changed, then left as it is: the same findings give the same bytes', async () => {
  await using host = await recordingHost();
  const first = await update(host, ['b', 'a', 'b']);
  expect(host.recorded.lines).toEqual([`${usualBaseline}: 2 different findings; 2 added, 0 removed`, '+ hello: a', '+ hello: b (2 times)']);
  expect(await update(host, ['b', 'b', 'a'])).toBe(first);
  expect(host.recorded.lines.at(-1)).toBe(`${usualBaseline}: 2 different findings; nothing has changed`);
  await writeFile(join(host.files.workspace, usualBaseline), first.replace('hello: a', '# why a\nhello: a'));
  const last = await update(host, ['c', 'b', 'new-a'], new Map([['a', 'new-a']]));
  expect(last).toMatch(/\n\nhello: b\nhello: c\n# why a\nhello: new-a\n$/);
  expect(host.recorded.lines.slice(-5)).toEqual([
    `${usualBaseline}: 3 different findings; 2 added, 2 removed`,
    ...['- hello: a', '- hello: b', '+ hello: c', '+ hello: new-a'],
  ]);
});

test('an unreadable one is not overwritten, and a folder that cannot be written is told', async () => {
  await using host = await recordingHost();
  await update(host, ['a']);
  const file = join(host.files.workspace, usualBaseline);
  await writeFile(file, 'what is this\n');
  await expect(update(host, ['a'])).rejects.toThrowWithCode('E_BASELINE');
  expect(await readFile(file, 'utf8')).toBe('what is this\n');
  const missing = { path: join(file, 'below', 'baseline'), shown: 'none', entries: undefined };
  await expect(updateBaseline(missing, { findings: [], checked, renamed: new Map() }, host)).rejects.toThrowWithCode('E_PATH');
});

test('belongs to whom its folder belongs to, and a link is replaced, not followed', async () => {
  await using host = await recordingHost();
  await update(host, ['a']);
  const file = join(host.files.workspace, usualBaseline);
  const other = join(host.files.workspace, 'other');
  await writeFile(other, 'hello: z\n');
  await chmod(other, 0o600);
  await symlink(other, `${file}.link`);
  const baseline = { path: `${file}.link`, shown: 'link', entries: [] };
  await updateBaseline(baseline, { findings: [], checked, renamed: new Map() }, host);
  expect(await readFile(other, 'utf8')).toBe('hello: z\n');
  const [made, folder] = await Promise.all([stat(file), stat(join(host.files.workspace, 'debian'))]);
  expect([made.uid, made.gid]).toEqual([folder.uid, folder.gid]);
});
