import { inertLine } from '@release-kit/action';
import { noteOf, placeInConfig } from '../config-place.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { checkFile } from './file-check.ts';
import type { Snapshot } from './snapshot.ts';

/** Installed files are as listed. `before`: the machine without the packages, with their dependencies. */
export async function checkFiles(session: Session, _before: Snapshot): Promise<Finding> {
  const problems: Problem[] = [];
  const good: string[] = [];
  for (const [index, file] of session.config.smoke.files.entries()) {
    const problem = await checkFile(session.machine, file);
    if (problem === undefined) good.push(inertLine(file.path));
    else problems.push(placeInConfig(problem, session.config, `smoke.files[${index}].path`));
  }
  return { problems, note: noteOf(good, problems, 'as listed') };
}
