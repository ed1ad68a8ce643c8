import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, type Host, inertLine, inertText, innerPath, UserError, writeTogether } from '@release-kit/action';
import { readConfig, readStart } from '@release-kit/config';
import { openGit } from '@release-kit/git';
import { type Choices, checkChoices, usualChoices } from './choices.ts';
import { type Ask, askChoices } from './questions.ts';
import { type Survey, surveyRepository } from './survey.ts';
import { readTemplate } from './templates.ts';
import { configurationFile, type WrittenFile, workflowFile } from './written-files.ts';

export interface InitRequest {
  readonly path: string;
  /** What flags say; these are not asked for. */
  readonly given: Partial<Choices>;
  /** undefined: nobody is asked. */
  readonly ask: Ask | undefined;
  readonly dryRun: boolean;
}

/** Writes workflows and release-kit.yml that fit the repository: all files or none, and nothing over what is there. */
export async function init({ path, given, ask, dryRun }: InitRequest, host: Host): Promise<Readonly<Record<string, unknown>>> {
  const survey = await surveyRepository(path, host);
  for (const line of found(survey)) host.log.info(line);
  const choices = checkChoices(await askChoices({ ...usualChoices(survey), ...given }, Object.keys(given), ask));
  const files = await plannedFiles(survey, choices);
  const missing = await missingFiles(survey.root, files, host);
  if (dryRun) for (const { path: name, text } of missing) host.log.info(`\n${name}:\n${inertText(text)}`);
  else await writeAll(survey.root, missing);
  const kept = files.filter((file) => !missing.includes(file)).map((file) => file.path);
  for (const name of kept) host.log.info(`${name} is there already, as it should be`);
  for (const file of missing) host.log.info(`${file.path} ${dryRun ? 'would be written' : 'written'}`);
  for (const line of next(missing.length > 0 && !dryRun, choices)) host.log.info(line);
  return { written: dryRun ? [] : missing.map((file) => file.path), planned: missing.map((file) => file.path), kept, choices };
}

function found(survey: Survey): readonly string[] {
  const packages = survey.packages.map(
    ({ source, folder, languages }) =>
      `${inertLine(source)} in ${inertLine(folder)}${languages.length === 0 ? '' : ` (${languages.join(', ')})`}`,
  );
  return [
    `packages: ${packages.join('; ')}`,
    `repository: ${inertLine(survey.repository ?? 'no remote yet')}, main branch ${inertLine(survey.branch)}, ${survey.releaseTags} release tags`,
    ...(survey.isShallow ? ['this checkout is shallow: tags that were not fetched are not known'] : []),
    ...(survey.config === undefined ? [] : [`${survey.config} is there and stays as it is`]),
    ...(survey.workflows.length === 0
      ? []
      : [`workflows that are there and stay as they are: ${survey.workflows.map(inertLine).join(', ')}`]),
  ];
}

async function plannedFiles(survey: Survey, choices: Choices): Promise<readonly WrittenFile[]> {
  const workflows = await Promise.all(choices.workflows.map(async (name) => workflowFile(name, await readTemplate(name), choices)));
  if (survey.config !== undefined) return workflows;
  const configuration = configurationFile(survey, choices);
  // Whatever the folders are called, what we write must be what we read.
  await readConfig(configuration.text, configuration.path);
  return [configuration, ...workflows];
}

/** Those that are not there; E_INIT with the differences when one is there with another text. */
async function missingFiles(root: string, files: readonly WrittenFile[], host: Host): Promise<readonly WrittenFile[]> {
  const missing: WrittenFile[] = [];
  const different: WrittenFile[] = [];
  for (const file of files) {
    const there = await textOf(join(root, file.path));
    if (there === undefined) missing.push(file);
    else if (there !== file.text) different.push(file);
  }
  if (different.length === 0) return missing;
  for (const file of different) host.log.info(await difference(root, file, host));
  throw new UserError('E_INIT', `${different.map(({ path }) => path).join(', ')} would be written otherwise; nothing was written`, {
    place: { file: different[0]?.path ?? '' },
    cure: 'Take over by hand what you want of the differences above (+ is what init would write), or move the file away and run init again.',
  });
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    // More than any text of ours, so that what is cut differs from it.
    return new TextDecoder().decode(await readStart(file, 1024 * 1024));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function difference(root: string, { path, text }: WrittenFile, host: Host): Promise<string> {
  await using git = await openGit(host, root);
  await using folder = await host.files.temporary('init');
  const proposed = join(folder.path, 'proposed');
  await writeFile(proposed, text);
  const { stdout } = await git.run(['diff', '--no-index', '--no-color', '--no-ext-diff', '--', join(root, path), proposed], {
    allow: [0, 1],
  });
  return inertText(`${path}:\n${stdout.slice(stdout.indexOf('@@'))}`);
}

async function writeAll(root: string, files: readonly WrittenFile[]): Promise<void> {
  for (const folder of new Set(files.map(({ path }) => dirname(join(root, path))))) {
    await mkdir(folder, { recursive: true });
    // A link that somebody committed would lead the files out of the repository.
    const real = await realpath(folder);
    if (innerPath(root, real) === undefined)
      throw new UserError('E_PATH', `${inertLine(folder)} leads out of the repository`, { cure: 'Make it a folder of the repository.' });
  }
  await writeTogether(files.map(({ path, text }) => ({ path: join(root, path), content: text })));
}

function next(wasWritten: boolean, { workflows }: Choices): readonly string[] {
  if (!wasWritten) return [];
  const key = workflows.includes('release')
    ? ['  2. make a key and store it: release-kit key new, then the secrets SIGNING_KEY and SIGNING_PASSPHRASE of the environment release']
    : [];
  return [
    '',
    'Next:',
    '  1. look at the files, commit them, and open a pull request',
    ...key,
    '  then: release-kit doctor says what is still missing',
  ];
}
