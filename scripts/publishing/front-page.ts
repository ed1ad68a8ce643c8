import type { Home, Pin } from './references.ts';

export interface FrontPage {
  readonly home: Home;
  /** The commit with the actions. */
  readonly actions: Pin;
  /** The commit that was built. */
  readonly source: string;
  /** Name -> description of the actions, as their action.yml say. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** File names of the public workflows. */
  readonly workflows: readonly string[];
}

/** README.md of the published tree: what is here, and the lines that name it by commit. */
export function frontPage({ home, actions, source, descriptions, workflows }: FrontPage): string {
  const at = `https://github.com/${home.repository}`;
  return [
    `# release-kit ${actions.tag}`,
    '',
    'GitHub Actions and workflows that build, check, sign and release Debian packages, as callers use them: each folder is one action with its',
    'bundle, its README and the licences of what is in the bundle. `sbom.cdx.json` lists what the bundles hold.',
    '',
    `Made from [${source.slice(0, 12)}](${at}/tree/${source}), where sources, documents and tests are. The same commit gives the same bytes.`,
    '',
    '## Actions',
    '',
    '| action | |',
    '| --- | --- |',
    ...home.actions.map((name) => `| [${name}](${name}/README.md) | ${(descriptions.get(name) ?? '').replaceAll('|', '\\|')} |`),
    '',
    'By the full commit, which nobody can move:',
    '',
    '```yaml',
    ...home.actions.map((name) => `- uses: ${home.repository}/${name}@${actions.commit} # ${actions.tag}`),
    '```',
    ...(workflows.length === 0
      ? []
      : [
          '',
          '## Workflows',
          '',
          `They name the actions by that commit. Their own commit is the one that the tag ${actions.tag} names:`,
          '',
          '```yaml',
          ...workflows.map((file) => `uses: ${home.repository}/.github/workflows/${file}@${actions.tag}`),
          '```',
        ]),
    '',
  ].join('\n');
}

/** The description at the top of an action.yml that was rendered. */
export function descriptionIn(actionFile: string): string | undefined {
  const line = /^description:\s*(.+)$/m.exec(actionFile)?.[1]?.trim();
  if (line === undefined) return undefined;
  return line.startsWith('"') ? String(JSON.parse(line)) : line;
}
