import { type CmakeCommand, type CmakeWord, cmakeCommands } from './cmake-commands.ts';
import type { Located, LocateRequest, VersionSpot } from './located.ts';

/** `project(name VERSION 1.2.0)`, or the one `set()` of the variable that stands there, or of each of three. */
export function locateInCmakeLists(text: string, { fail }: LocateRequest): Located {
  const commands = cmakeCommands(text, fail);
  const versions = commands.filter(({ name }) => name === 'project').flatMap(versionOf);
  const [version, second] = versions;
  if (version === undefined) return { own: [] };
  if (second !== undefined) fail(second.start, 'a second project() with VERSION stands here');
  const setting = (variable: string): VersionSpot => {
    const values = commands.filter(({ name, words }) => name === 'set' && words[0]?.text === variable);
    const value = values.length === 1 ? values[0]?.words[1] : undefined;
    if (value === undefined)
      return fail(version.start, `VERSION of project() is the variable ${variable}, which is not set by exactly one set() here`);
    return { start: value.start, end: value.end, what: `the variable ${variable}` };
  };
  const [variable = '', minor, patch] = version.text.split('.').map((part) => /^\$\{([\w+/-]+)\}$/.exec(part)?.[1]);
  if (variable !== '' && version.text === `\${${variable}}`) return { own: [setting(variable)] };
  if (version.text === `\${${variable}}.\${${minor}}.\${${patch}}` && minor !== undefined && patch !== undefined)
    return { own: [], parts: [setting(variable), setting(minor), setting(patch)] };
  return { own: [{ start: version.start, end: version.end, what: 'VERSION of project()' }] };
}

function versionOf({ words }: CmakeCommand): readonly CmakeWord[] {
  const index = words.findIndex(({ text, quoted }, place) => place > 0 && text === 'VERSION' && !quoted);
  return index === -1 ? [] : words.slice(index + 1, index + 2);
}
