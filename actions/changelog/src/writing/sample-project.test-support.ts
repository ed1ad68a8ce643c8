import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run } from '../run.ts';
import { spec } from '../spec.ts';
import { makeHistory, type Step } from '../test-history.ts';

/** 1.4.0, then what breaks in 2.0.0 and in what comes next, with all that writers tell of. */
export const steps: readonly Step[] = [
  'feat: one',
  'tag v1.4.0',
  ['feat(api)!: drop v1 (#30)', 'BREAKING CHANGE: clients must ask for /v2.\n\nRun `migrate --all` once.'],
  'tag v2.0.0',
  ['fix: no crash on an empty file (#31)', 'Closes: #1041234\nFixes: #12'],
  ['feat(cli)!: long names only', 'BREAKING CHANGE: write --output instead of -o.'],
  'perf: twice as fast',
  'docs: explain',
];

export const debianChangelog = `hello (2.0.0-1) unstable; urgency=medium

  * Release 2.0.0.

 -- Ada Builder <ada@example.org>  Tue, 14 Nov 2023 22:14:20 +0000
`;

export const metainfo = `<?xml version="1.0" encoding="UTF-8"?>
<component type="console-application">
  <id>org.example.hello</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>Apache-2.0</project_license>
  <name>Hello</name>
  <summary>Greets</summary>
  <description>
    <p>It greets everybody who asks for it, in many languages, from a terminal, and does nothing else at all.</p>
  </description>
  <url type="homepage">https://hello.example.org</url>
  <provides><binary>hello</binary></provides>
  <releases>
    <release version="2.0.0" date="2023-11-14"/>
  </releases>
  <content_rating type="oars-1.1"/>
</component>
`;

/** A checkout with this history and these files, in the workspace of the host. */
export async function sampleProject(
  host: RecordingHost,
  given: { readonly steps?: readonly Step[]; readonly files?: Readonly<Record<string, string>> } = {},
) {
  const checkout = join(host.files.workspace, 'project');
  await mkdir(checkout);
  await makeHistory(host, checkout, given.steps ?? steps);
  await host.exec(['git', 'remote', 'add', 'origin', 'https://user:secret@github.com/owner/hello.git'], { cwd: checkout });
  const put = async (name: string, text: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(checkout, name)), { recursive: true });
    await writeFile(join(checkout, name), text);
  };
  const files = { 'debian/changelog': debianChangelog, 'hello.metainfo.xml': metainfo, ...given.files };
  for (const [name, text] of Object.entries(files)) await put(name, text);
  return {
    checkout,
    put,
    read: (name: string): Promise<string> => readFile(join(checkout, name), 'utf8'),
    /** As a caller gives inputs: text by name. */
    changelog: (inputs: Readonly<Record<string, string>> = {}, on = host) =>
      run(readInputs(spec, { source: checkout, ...inputs }, { workspace: on.files.workspace, nameOf: (name) => name }), on),
  };
}

/** Every writer, into the checkout. */
export const everything: Readonly<Record<string, string>> = {
  output: 'project/notes.md',
  changelog: 'project/CHANGELOG.md',
  'debian-changelog': 'project/debian/changelog',
  appstream: 'project/hello.metainfo.xml',
  json: 'project/release.json',
  'migration-guide': 'project/MIGRATION.md',
  announcement: 'mail',
  'announcement-file': 'project/announcement.txt',
};

export const writtenNames: readonly string[] = [
  'notes.md',
  'CHANGELOG.md',
  'debian/changelog',
  'hello.metainfo.xml',
  'release.json',
  'MIGRATION.md',
  'announcement.txt',
];
