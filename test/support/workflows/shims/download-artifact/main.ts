import { appendFile } from 'node:fs/promises';
import { join, matchesGlob, resolve } from 'node:path';
import { type Artifact, DefaultArtifactClient } from '@actions/artifact';

const input = (name: string): string => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
const say = (command: string, text: string): void => console.log(`::${command}::${text.replaceAll('\n', '%0A')}`);

await download().catch((error: unknown) => {
  say('error', error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

async function download(): Promise<void> {
  const [name, ids, pattern] = [input('name'), input('artifact-ids'), input('pattern')];
  if (name !== '' && ids !== '') throw new Error("Inputs 'name' and 'artifact-ids' cannot be used together. Please specify only one.");
  const folder = resolve(process.env['GITHUB_WORKSPACE'] ?? '.', input('path'));
  const client = new DefaultArtifactClient();
  const { artifacts } = await client.listArtifacts({ latest: true });
  const wanted = ids === '' ? [] : ids.split(',').map((id) => Number(id.trim()));
  const chosen =
    name !== ''
      ? artifacts.filter((artifact) => artifact.name === name)
      : wanted.length > 0
        ? artifacts.filter(({ id }) => wanted.includes(id))
        : artifacts.filter((artifact) => pattern === '' || matchesGlob(artifact.name, pattern));
  if (name !== '' && chosen.length === 0) throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
  const missing = wanted.filter((id) => !chosen.some((artifact) => artifact.id === id));
  if (missing.length > 0) throw new Error(`Unable to download artifact(s): Artifact not found for ids: ${missing.join(', ')}`);
  // One that was named goes into the folder itself, several into a folder each.
  const flat = name !== '' || wanted.length === 1 || input('merge-multiple') === 'true';
  for (const artifact of chosen) await one(client, artifact, flat ? folder : join(folder, artifact.name));
  console.log(`Total of ${chosen.length} artifact(s) downloaded`);
  await appendFile(process.env['GITHUB_OUTPUT'] ?? '', `download-path=${folder}\n`);
}

async function one(client: DefaultArtifactClient, { id, name, digest }: Artifact, path: string): Promise<void> {
  const expected = digest === undefined ? {} : { expectedHash: digest };
  const { digestMismatch } = await client.downloadArtifact(id, { path, ...expected });
  if (digestMismatch !== true) return;
  const message = `Artifact '${name}' digest mismatch. The downloaded artifact does not match what was uploaded.`;
  const policy = input('digest-mismatch');
  if (policy === 'error') throw new Error(message);
  if (policy !== 'ignore') say(policy === 'warn' ? 'warning' : 'notice', message);
}
