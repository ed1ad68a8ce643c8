/**
 * Publishes release-kit: builds dist/ and makes it a release tag of a repository. docs/publishing.md tells the whole way.
 *
 *   scripts/publish-tree.sh --print-digest
 *   scripts/publish-tree.sh --version v1.2.3 --repository https://github.com/owner/name.git --dist dist --digest <digest> [--dry-run]
 *
 * --version      the release tag; a candidate is v1.2.3-rc.1
 * --repository   address or folder of the git repository that gets the tags
 * --name         owner/name that callers write; default: that of the address, else GITHUB_REPOSITORY
 * --dist         a tree that was built already, and whose bundles were started there; its --digest has to be given
 * --digest       SHA-256 of that tree, as --print-digest says where it was built; given twice, both have to be the same
 * --print-digest build (or take --dist), print the digest, and stop
 * --dry-run      decide and check everything, and write nothing
 *
 * PUBLISH_TOKEN opens an address at https: a token that may write contents and workflows. Nothing here needs more than Node and git, so
 * that the job that holds the token runs no package of others.
 */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { treeDigest } from './building/digest.ts';
import { checkImmutableReleases } from './publishing/immutable-releases.ts';
import { type PublishingCall, parseCall } from './publishing/options.ts';
import { type Publication, publishTree } from './publishing/publish.ts';
import { plainText, Refusal } from './publishing/refusal.ts';
import { checkClean } from './publishing/source-commit.ts';
import { runProcess } from './testing/process.ts';

const root = join(import.meta.dirname, '..');

try {
  await run(parseCall(process.argv.slice(2), process.env));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`Nothing more is done (${error.code}): ${error.message}${error.cure === undefined ? '' : `\n${error.cure}`}`);
  process.exitCode = 1;
}

async function run(call: PublishingCall): Promise<void> {
  await checkClean(root);
  const dist = await builtTree(call);
  if (call.kind === 'digest') return tell({ digest: await treeDigest(dist) });
  const { repository, remote, version, token, dryRun, api } = call;
  console.log(await checkImmutableReleases({ repository, remote, token, api }));
  const source = { repository: root, commit: 'HEAD' };
  const workflows = join(root, '.github', 'workflows');
  const started = call.dist !== undefined;
  const publication = await publishTree({ dist, started, workflows, source, remote, repository, version, token, dryRun });
  report(call, publication);
  await tell({ commit: publication.commit });
}

/** Says it, and makes it an output of the step where a runner listens. Values are hexadecimal. */
async function tell(values: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(lines.join(''));
  const outputs = process.env['GITHUB_OUTPUT'];
  if (outputs !== undefined && outputs !== '') await appendFile(outputs, lines.join(''));
}

/** @throws Refusal not-reproducible */
async function builtTree({ dist, digests }: PublishingCall): Promise<string> {
  if (dist === undefined) {
    const build = ['npm', 'run', '--silent', 'build', '--', '--check-reproducible'] as const;
    const { exitCode, output } = await runProcess(build, { cwd: root });
    if (exitCode !== 0) throw new Refusal('not-reproducible', `the build ended with exit code ${exitCode}:\n${plainText(output)}`);
    return join(root, 'dist');
  }
  const found = await treeDigest(dist);
  const other = digests.find((digest) => digest !== found);
  if (other !== undefined)
    throw new Refusal(
      'not-reproducible',
      `${dist} is ${found}, not ${other}`,
      'Two builds differ, or somebody changed the tree on its way.',
    );
  return dist;
}

function report(call: PublishingCall, { source, actionsCommit, commit, changes, stays, files }: Publication): void {
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const changed = changes.map(({ name, seen, to }) => `  ${name.padEnd(12)} ${seen ?? 'new'} -> ${to}`);
  console.log(
    [
      `${call.dryRun ? 'Would publish' : 'Published'} ${files.size} files, ${(bytes / 1e6).toFixed(1)} MB`,
      `  sources      ${source}`,
      `  actions      ${actionsCommit}`,
      `  tag          ${commit}`,
      ...changed,
      ...(changes.length === 0 ? ['  Every tag is in place already.'] : []),
      ...(stays === undefined ? [] : [`  ${stays}`]),
      ...(call.dryRun ? [] : ['Fetched back: the same, byte for byte.']),
    ].join('\n'),
  );
}
