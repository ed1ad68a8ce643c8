import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { gitIn } from '../../scripts/publishing/git.ts';
import { writeFiles } from '../support/hostile.ts';
import { publishedTree } from '../support/published-tree.ts';
import { startJob } from '../support/runner/index.ts';

// Every bundle is started, and the whole tree goes to a repository and back.
jest.setTimeout(180_000);

const control = 'Source: hello\nMaintainer: A <a@example.org>\n\nPackage: hello\nArchitecture: any\nDescription: x\n';

/** A folder with a commit of the published tree, as a runner gets one. */
async function checkedOut(remote: string, ref: string): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-actions-'));
  const git = gitIn(folder);
  await git.run(['init', '--quiet', '.']);
  await git.run(['fetch', '--quiet', '--no-tags', '--depth=1', remote, ref]);
  await git.run(['checkout', '--quiet', '--detach', 'FETCH_HEAD']);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Where the links of a page lead inside the tree. */
function innerLinks(path: string, text: string): readonly string[] {
  return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(([, to = '']) =>
    posix.normalize(posix.join(posix.dirname(path), to)),
  );
}

test('an action at the root of a published tag runs as callers use it, by tag, by floating tag and by commit', async () => {
  await using tree = await publishedTree({ version: 'v1.2.3' });
  for (const [path, bytes] of tree.files)
    if (path.endsWith('.md')) for (const link of innerLinks(path, bytes.toString())) expect([...tree.files.keys()]).toContain(link);
  const plans: (string | undefined)[] = [];
  for (const ref of ['refs/tags/v1.2.3', 'refs/tags/v1', tree.actionsCommit]) {
    await using actions = await checkedOut(tree.remote, ref);
    await using job = await startJob();
    await writeFiles(job.workspace, { 'debian/control': control });
    const { conclusion, outputs, lines } = await job.run(join(actions.folder, 'build-matrix'), { 'only-changed': 'false' });
    expect({ conclusion, lines }).toMatchObject({ conclusion: 'success' });
    await job.finish();
    expect(await job.leftBehind()).toEqual([]);
    plans.push(outputs['matrix']);
  }
  expect(plans[0]).toContain('"package":"hello"');
  expect(new Set(plans).size).toBe(1);
});
