import { appendFile } from 'node:fs/promises';

/**
 * Adds `name<<delimiter`, the value, and the delimiter to one of the runner's files (GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE), as
 * actions/runner reads them. Written here because the toolkit would cost its start-up time before the first line of a run.
 * Without a file there is no later step to tell.
 */
export async function writeFileCommand(file: string | undefined, name: string, value: string): Promise<void> {
  if (file === undefined) return;
  const delimiter = delimiterFor(value);
  await appendFile(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

/** A line that the value does not hold, whoever wrote it. */
function delimiterFor(value: string): string {
  let delimiter = 'release-kit';
  while (value.includes(delimiter)) delimiter += '-';
  return delimiter;
}
