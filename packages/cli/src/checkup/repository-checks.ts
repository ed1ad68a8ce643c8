import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, type Host, inertLine, UserError } from '@release-kit/action';
import { readPackages } from '@release-kit/action-build-matrix';
import { type Config, findConfig, loadConfig, readStart } from '@release-kit/config';
import { parseTag } from '@release-kit/debian';
import { openGit } from '@release-kit/git';
import { greatestRelease } from '@release-kit/github';
import { readCalledWorkflows } from './called-workflow.ts';
import { debianChecks, type PackagingFiles } from './debian-checks.ts';
import type { Finding } from './finding.ts';
import { publicKeyChecks } from './public-key-checks.ts';
import { tagRuleChecks } from './tag-rule-checks.ts';
import { workflowChecks } from './workflow-checks.ts';
import { readWorkflow } from './workflow-document.ts';

/** Looks at the set-up of a checkout (`root`, absolute): configuration, packages, workflows, key, and with a token its tags on GitHub. Nothing in it is run. */
export async function repositoryChecks(root: string, token: string | undefined, host: Host): Promise<readonly Finding[]> {
  const { config, file, findings } = await configurationChecks(root);
  return [
    ...findings,
    ...(config === undefined ? [] : await packageChecks(root, file, config, host)),
    ...(await allWorkflowChecks(root)),
    ...(await publicKeyChecks(root, host.clock.now())),
    ...(await tagRuleChecks(root, token, host)),
  ];
}

interface ReadConfiguration {
  readonly config?: Config;
  readonly file?: string | undefined;
  readonly findings: readonly Finding[];
}

async function configurationChecks(root: string): Promise<ReadConfiguration> {
  try {
    const file = await findConfig(root);
    const config = await loadConfig(file, root);
    const finding = file === undefined ? 'there is none: everything has its default' : `${file.slice(root.length + 1)} can be read`;
    return { config, file, findings: [{ name: 'configuration', level: 'good', finding }] };
  } catch (error) {
    return { findings: [findingOf('configuration', error)] };
  }
}

async function packageChecks(root: string, file: string | undefined, config: Config, host: Host): Promise<readonly Finding[]> {
  try {
    const { packages } = await readPackages(file, config, root, host);
    const isTagged = config.changelog.packages.length === 0 && config.changelog.tags === 'v*';
    const newestTag = isTagged ? await newestRelease(root, host) : undefined;
    return (await Promise.all(packages.map(({ folder }) => packagingFiles(root, folder)))).flatMap((files) =>
      debianChecks(files, newestTag),
    );
  } catch (error) {
    return [findingOf('debian', error)];
  }
}

/** The greatest stable release among the commits before this one. */
async function newestRelease(root: string, host: Host): Promise<string | undefined> {
  await using git = await openGit(host, root);
  // Before the first commit there is no HEAD.
  const { stdout, exitCode } = await git.run(['tag', '--list', 'v*', '--merged', 'HEAD'], { allow: [0, 128, 129] });
  const tags = exitCode === 0 ? stdout.split('\n').filter(isStableTag) : [];
  return greatestRelease(tags.map((tag) => ({ tag })))?.tag;
}

function isStableTag(tag: string): boolean {
  try {
    return !parseTag(tag).prerelease;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

async function packagingFiles(root: string, folder: string): Promise<PackagingFiles> {
  const text = (name: string): Promise<string | undefined> => textOf(join(root, folder, 'debian', name));
  return {
    folder,
    control: await text('control'),
    changelog: await text('changelog'),
    format: await text('source/format'),
    hasRules: (await text('rules')) !== undefined,
    hasCopyright: (await text('copyright')) !== undefined,
  };
}

async function allWorkflowChecks(root: string): Promise<readonly Finding[]> {
  const known = await readCalledWorkflows();
  const findings: Finding[] = [];
  for (const name of await namesIn(join(root, '.github/workflows'))) {
    const file = `.github/workflows/${name}`;
    try {
      findings.push(...workflowChecks(await readWorkflow((await textOf(join(root, file))) ?? '', file), known));
    } catch (error) {
      findings.push(findingOf('workflow', error));
    }
  }
  if (findings.length > 0) return findings;
  return [{ name: 'workflow', level: 'note', finding: 'no workflow calls release-kit: release-kit init writes those that fit' }];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Far above any real file of these; a link to a device that somebody committed ends here. */
const mostBytes = 1024 * 1024;

async function textOf(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readStart(file, mostBytes));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EISDIR') return undefined;
    throw error;
  }
}

/** What somebody must mend, as a finding; anything else is thrown on. */
function findingOf(name: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error;
  const place = error.place === undefined ? {} : { place: error.place };
  return { name, level: 'bad', finding: inertLine(error.message), ...place, cure: error.cure };
}
