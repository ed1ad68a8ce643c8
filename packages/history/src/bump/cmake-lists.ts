import { type CmakeCommand, type CmakeWord, cmakeCommands } from './cmake-commands.ts';
import type { Located, LocateRequest } from './located.ts';

/** `project(name VERSION 1.2.0)`, or the one `set()` of the variable that stands there. */
export function locateInCmakeLists(text: string, { fail }: LocateRequest): Located {
  const commands = cmakeCommands(text, fail);
  const versions = commands.filter(({ name }) => name === 'project').flatMap(versionOf);
  const [version, second] = versions;
  if (version === undefined) return { own: [] };
  if (second !== undefined) fail(second.start, 'a second project() with VERSION stands here');
  const variable = /^\$\{([\w.+/-]+)\}$/.exec(version.text)?.[1];
  if (variable === undefined) return { own: [{ start: version.start, end: version.end, what: 'VERSION of project()' }] };
  const values = commands
    .filter(({ name, words }) => name === 'set' && words[0]?.text === variable)
    .flatMap(({ words }) => words.slice(1, 2));
  const [value] = values;
  if (value === undefined || values.length > 1)
    return fail(version.start, `VERSION of project() is the variable ${variable}, which is not set by exactly one set() here`);
  return { own: [{ start: value.start, end: value.end, what: `the variable ${variable}` }] };
}

function versionOf({ words }: CmakeCommand): readonly CmakeWord[] {
  const index = words.findIndex(({ text, quoted }, place) => place > 0 && text === 'VERSION' && !quoted);
  return index === -1 ? [] : words.slice(index + 1, index + 2);
}
