import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, readInputs } from '@release-kit/action';
import { run as sign, spec as signSpec } from '@release-kit/action-sign-artifacts';
import { describeFile, writeManifest } from '@release-kit/manifest';

const facts = { kind: 'deb', package: 'hello', version: '1.0~rc.1-1', architecture: 'amd64', distribution: 'debian:12' } as const;

/** Files with these names, signed by a key made for it; the folder that sign-artifacts wrote. They need not be packages: nobody looks into them. */
export async function signedBuild(host: Host, contents: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(host.files.workspace, 'build');
  await mkdir(folder);
  for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content);
  const files = await Promise.all(Object.keys(contents).map((name) => describeFile(folder, name, facts)));
  const manifest = join(folder, 'manifest.json');
  await writeManifest(manifest, { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'hello', version: '1.0~rc.1-1' }], files });
  const given = { manifest, 'throw-away-key': 'true', 'control-files': 'false' };
  await sign(readInputs(signSpec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);
  return join(folder, 'signed');
}
