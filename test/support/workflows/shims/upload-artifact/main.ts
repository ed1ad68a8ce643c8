import { appendFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ArtifactNotFoundError, DefaultArtifactClient } from '@actions/artifact';
import { create } from '@actions/glob';

const input = (name: string): string => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
const say = (command: string, text: string): void => console.log(`::${command}::${text.replaceAll('\n', '%0A')}`);

await upload().catch((error: unknown) => {
  say('error', error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

async function upload(): Promise<void> {
  const name = input('name');
  const { files, root } = await filesOf(input('path'), input('include-hidden-files') === 'true');
  if (files.length === 0) {
    const message = `No files were found with the provided path: ${input('path')}. No artifacts will be uploaded.`;
    const policy = input('if-no-files-found');
    if (policy === 'error') throw new Error(message);
    if (policy === 'warn') say('warning', message);
    else console.log(message);
    return;
  }
  const client = new DefaultArtifactClient();
  if (input('overwrite') === 'true')
    await client.deleteArtifact(name).catch((error: unknown) => {
      if (!(error instanceof ArtifactNotFoundError)) throw error;
    });
  const days = input('retention-days');
  const { id, digest } = await client.uploadArtifact(name, [...files], root, {
    compressionLevel: Number(input('compression-level')),
    ...(days === '' ? {} : { retentionDays: Number(days) }),
  });
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_OUTPUT: output = '' } = process.env;
  const url = `${server}/${repository}/actions/runs/${run}/artifacts/${id}`;
  await appendFile(output, `artifact-id=${id}\nartifact-digest=${digest}\nartifact-url=${url}\n`);
}

/** What the patterns find, and the folder to which names in the artifact are relative. */
async function filesOf(paths: string, hidden: boolean): Promise<{ readonly files: readonly string[]; readonly root: string }> {
  const globber = await create(paths, { excludeHiddenFiles: !hidden, implicitDescendants: true, omitBrokenSymbolicLinks: true });
  const found = await globber.glob();
  const files: string[] = [];
  for (const file of found) if (!(await stat(file)).isDirectory()) files.push(file);
  const searched = globber.getSearchPaths();
  if (searched.length > 1) return { files, root: commonFolder(searched) };
  const only = searched[0] ?? process.cwd();
  // One file by its own path lies at the top.
  return { files, root: files.length === 1 && files[0] === only ? dirname(only) : only };
}

function commonFolder(paths: readonly string[]): string {
  const split = paths.map((path) => resolve(path).split('/'));
  const shortest = Math.min(...split.map(({ length }) => length));
  const [first = []] = split;
  let common = 0;
  while (common < shortest && split.every((parts) => parts[common] === first[common])) common += 1;
  return first.slice(0, common).join('/') || '/';
}
