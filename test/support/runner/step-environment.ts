import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionFile } from './action-file.ts';
import { parseCommandFile } from './command-file.ts';

/** Default variables of a GitHub-hosted runner that an action may rely on. */
export function runnerVariables(root: string, workspace: string, temporary: string): Record<string, string> {
  return {
    CI: 'true',
    HOME: join(root, 'home'),
    LANG: 'C.UTF-8',
    USER: 'runner',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_JOB: 'job',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo-org/hello-service',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'test',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'runner',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temporary,
    RUNNER_TOOL_CACHE: join(root, 'tools'),
  };
}

/** INPUT_<NAME>: upper case, blanks as `_`, hyphens kept; declared ones with their defaults, others as given. */
export function inputVariables(action: ActionFile, given: Readonly<Record<string, string>>): Record<string, string> {
  const lower = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const declared = [...action.inputs].map(([name, value]) => [name, lower.get(name.toLowerCase()) ?? value] as const);
  const others = Object.entries(given).filter(([name]) => unexpectedInputs(action, given).includes(name));
  return Object.fromEntries([...declared, ...others].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}

export function unexpectedInputs(action: ActionFile, given: Readonly<Record<string, string>>): readonly string[] {
  const known = new Set([...action.inputs.keys()].map((name) => name.toLowerCase()));
  return Object.keys(given).filter((name) => !known.has(name.toLowerCase()));
}

const fileCommands = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const;
type FileCommand = (typeof fileCommands)[number];

/** The files of one script, which exist and are empty before it starts. */
export async function commandFiles(folder: string) {
  await mkdir(folder, { recursive: true });
  const variables = Object.fromEntries(fileCommands.map((name) => [name, join(folder, name.toLowerCase())]));
  for (const file of Object.values(variables)) await writeFile(file, '');
  const text = (name: FileCommand): Promise<string> => readFile(join(folder, name.toLowerCase()), 'utf8');
  return { folder, variables, text, read: async (name: FileCommand) => parseCommandFile(await text(name)) };
}
