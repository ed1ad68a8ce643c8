import { inertLine } from '@release-kit/action';
import type { Category } from '../category.ts';
import type { InstallPlan } from '../package-manager.ts';

/** What `apt-get --simulate install` would do: reads lines such as `Inst libfoo1 (1.2-3 Debian:12/stable [amd64])` and `Remv exim4 [4.96]`. */
export function parseSimulation(text: string, asked: ReadonlySet<string>): Omit<InstallPlan, 'absent'> {
  const names = (word: string): string[] => [...text.matchAll(new RegExp(`^${word} (\\S+)`, 'gm'))].map((match) => match[1] ?? '');
  return { dependencies: [...new Set(names('Inst'))].filter((name) => !asked.has(name)), removed: [...new Set(names('Remv'))] };
}

export type ScriptName = 'preinst' | 'postinst' | 'prerm' | 'postrm';

/** A maintainer script that is at fault. */
export interface ScriptFault {
  readonly package: string;
  readonly name: ScriptName;
}

/** Why apt or dpkg gave up; `script` is set when a maintainer script is at fault. One line, inert. */
export interface AptProblem {
  readonly category: Category;
  readonly message: string;
  readonly script?: ScriptFault;
}

const scripts: Readonly<Record<string, ScriptName>> = {
  'pre-installation': 'preinst',
  'post-installation': 'postinst',
  'pre-removal': 'prerm',
  'post-removal': 'postrm',
};

/** Packages that went with those that were asked for, because they depend on them: `Removing libx:amd64 (1.0) ...` */
export function removedAlong(output: string, asked: ReadonlySet<string>): readonly string[] {
  const gone = [...output.matchAll(/^Removing ([a-z0-9][a-z0-9+.-]+)(?::[a-z0-9-]+)? \(\S+\) \.\.\.$/gm)].map((match) => match[1] ?? '');
  return [...new Set(gone)].filter((name) => !asked.has(name)).sort();
}

/** Finds the sentence that matters in the output of apt-get; undefined when none is known. */
export function explainApt(output: string): AptProblem | undefined {
  return scriptFailure(output) ?? killedDpkg(output) ?? overwrite(output) ?? otherError(output);
}

const announcements: readonly (readonly [RegExp, ScriptName])[] = [
  [/^Preparing to unpack \S*?([^/\s_]+)_\S* \.\.\.$/, 'preinst'],
  [/^Setting up (\S+) \(.*\) \.\.\.$/, 'postinst'],
  [/^Removing (\S+) \(.*\) \.\.\.$/, 'prerm'],
  [/^Purging configuration files for (\S+) \(.*\) \.\.\.$/, 'postrm'],
];

/** Whether `runningScript` reads something from the line. */
export const isAnnouncement = (line: string): boolean =>
  line.startsWith('Unpacking ') || announcements.some(([pattern]) => pattern.test(line.trimEnd()));

/** Whose script dpkg ran when it was stopped: the last one that it announced. Undefined when none was. */
export function runningScript(lines: readonly string[]): ScriptFault | undefined {
  for (const line of lines.toReversed()) {
    // By then preinst is done, and dpkg itself is at work.
    if (line.startsWith('Unpacking ')) return undefined;
    for (const [pattern, name] of announcements) {
      const owner = pattern.exec(line.trimEnd())?.[1];
      if (owner !== undefined) return { package: owner.replace(/:[a-z0-9]+$/, ''), name };
    }
  }
  return undefined;
}

function scriptFailure(output: string): AptProblem | undefined {
  const match =
    /(?:installed|new|old) (\S+) package (pre-installation|post-installation|pre-removal|post-removal) script subprocess (.+)/.exec(output);
  const name = scripts[match?.[2] ?? ''];
  if (match?.[1] === undefined || name === undefined) return undefined;
  const message = inertLine(`the ${name} script of ${match[1]} ${match[3] ?? 'failed'}`);
  return { category: 'script-failed', message, script: { package: match[1], name } };
}

/** dpkg did not end by itself: the script it ran killed it, or the kernel did when memory ran out. */
function killedDpkg(output: string): AptProblem | undefined {
  const how = /^E: Sub-process \S*dpkg (received .*|exited unexpectedly)$/m.exec(output)?.[1];
  const script = how === undefined ? undefined : runningScript(output.split('\n'));
  if (how === undefined || script === undefined) return undefined;
  return {
    category: 'script-failed',
    message: inertLine(`the ${script.name} script of ${script.package} was running when dpkg ${how}`),
    script,
  };
}

function overwrite(output: string): AptProblem | undefined {
  const match = /trying to overwrite (?:shared )?'([^']+)', which is also in package (\S+)/.exec(output);
  if (match === null) return undefined;
  return { category: 'file-conflict', message: inertLine(`the package wants to overwrite ${match[1]}, which belongs to ${match[2]}`) };
}

/** apt's own last word, without its sentence that something went wrong somewhere. */
function otherError(output: string): AptProblem | undefined {
  const errors = [...output.matchAll(/^(?:E|dpkg: error(?: processing [^:]*)?): (.+)$/gm)].map((match) => match[1] ?? '');
  const telling = errors.filter((line) => !/^Sub-process .* returned an error code/.test(line));
  const last = telling.at(-1) ?? errors.at(-1);
  return last === undefined ? undefined : { category: 'not-installed', message: inertLine(last) };
}
