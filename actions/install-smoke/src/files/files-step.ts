import { inertLine } from '@release-kit/action';
import { noteOf, placeInConfig } from '../config-place.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { covers } from './allowance.ts';
import { isBookkeeping } from './bookkeeping.ts';
import { capabilitiesOf } from './capability.ts';
import { addedBytes } from './disk-use.ts';
import { problemsOfFaults } from './fault-problem.ts';
import { checkFile } from './file-check.ts';
import { faultsOf } from './file-rules.ts';
import { outsideFaults } from './outside-change.ts';
import { namedPlaces, ownPlaces } from './own-places.ts';
import { type PackagedFile, packagedFiles } from './packaged-file.ts';
import { changedByScripts } from './script-change.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

/**
 * Files of the installed packages are as listed and as Debian Policy wants them, and nothing changed outside of the packages' own
 * places. `before`: the machine without the packages, with their dependencies.
 */
export async function checkFiles(session: Session, before: Snapshot): Promise<Finding> {
  const { manager, run, machine, packages, config } = session;
  const { allow } = config.smoke;
  const [now, paths, packed] = await Promise.all([
    takeSnapshot(session),
    manager.pathsOf(run, packages),
    manager.packedPathsOf(run, packages),
  ]);
  const bare = packagedFiles(paths, now, new Map());
  const capabilities = await capabilitiesOf(
    machine,
    bare.filter(isProgram).map(({ real }) => real),
  );
  const files = packagedFiles(paths, now, capabilities.found);
  session.measure({ disk: addedBytes(before, now, manager.ownFiles) });
  const facts = { before, now, files, packages: packages.packages.map(({ name }) => name), allowed: allow.changes };
  const faults = [
    ...faultsOf(files, before, now).filter(({ category, path }) => {
      const patterns =
        category === 'forbidden-place' || category === 'broken-link' || category === 'wrong-file' ? allow.changes : allow.modes;
      return !covers(patterns, path);
    }),
    ...(await outsideFaults(session, before, now, ownPlaces(facts), namedPlaces(facts))),
  ];
  const listed = await checkListed(session);
  const problems = [...listed.problems, ...problemsOfFaults(faults)];
  const made = [...now.entries.keys()].filter((path) => !before.entries.has(path) && !isBookkeeping(path, manager.ownFiles)).length;
  const brought = files.filter(({ real, entry }) => entry !== undefined && !before.entries.has(real)).length;
  const note = [
    ...(config.smoke.files.length === 0 ? [] : [noteOf(listed.good, listed.problems, 'as listed')]),
    `${brought} packaged paths looked at`,
    ...(made > brought ? [`${made - brought} more made since`] : []),
    ...changedNote(changedByScripts(packed, before, now)),
    ...(faults.length === 0 ? [] : [`${faults.length} not as they should be`]),
    ...(capabilities.unknown === undefined ? [] : [`capabilities were not looked at: ${inertLine(capabilities.unknown)}`]),
  ];
  return { problems, note: note.join('; ') };
}

function changedNote(changed: readonly string[]): readonly string[] {
  const shown = changed.slice(0, 3).map(inertLine).join(', ');
  const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
  return changed.length === 0 ? [] : [`scripts made ${shown}${more}`];
}

const isProgram = ({ entry }: PackagedFile): boolean => entry?.type === 'f' && (entry.mode & 0o111) !== 0;

async function checkListed(session: Session): Promise<{ problems: readonly Problem[]; good: readonly string[] }> {
  const problems: Problem[] = [];
  const good: string[] = [];
  for (const [index, file] of session.config.smoke.files.entries()) {
    const problem = await checkFile(session.machine, file);
    if (problem === undefined) good.push(inertLine(file.path));
    else problems.push(placeInConfig(problem, session.config, `smoke.files[${index}].path`));
  }
  return { problems, good };
}
