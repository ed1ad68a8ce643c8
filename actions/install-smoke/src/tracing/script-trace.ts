import { inertLine } from '@release-kit/action';

/** Where traced scripts write, inside the machine: not below what is compared before and after. */
export const traceFile = '/run/release-kit-trace';

/** How a maintainer script came to its end. */
export interface ScriptTrace {
  /** The script as the package has it. */
  readonly script: string;
  /** The line that ran last, from 1. */
  readonly line: number;
  /** The commands that ran last, the very last one at the end, as the shell shows them: `12: chown web /srv/web`. One line each, inert. */
  readonly commands: readonly string[];
}

const mostCommands = 10;
const longestCommand = 300;

/**
 * The script with tracing on, with all lines where they were; undefined for what is no shell script. bash runs it, in its POSIX mode where the script
 * asks for sh, because Debian's dash does not know LINENO. The trace goes to a file of its own, so that the script's standard error stays as it was.
 */
export function tracedScript(script: string): string | undefined {
  const [first = '', second = '', ...rest] = script.split('\n');
  const [, shell, options = ''] = /^#![ \t]*(?:\/usr)?\/bin\/(sh|dash|bash)((?:[ \t]+[^ \t]+)*)[ \t]*$/.exec(first) ?? [];
  if (shell === undefined) return undefined;
  const posix = shell === 'bash' ? '' : 'set -o posix; ';
  const tracing = `exec {release_kit_trace}>>${traceFile}; BASH_XTRACEFD=$release_kit_trace; PS4='+release-kit \${BASH_SOURCE[0]-} \${LINENO} '; ${posix}set -x; `;
  return [`#!/bin/bash${options}`, `${tracing}${second}`, ...rest].join('\n');
}

/**
 * The end of the trace of the script `name` (`postinst`); undefined when it ran no command. `scripts`: as the packages have it, one for each version; the first
 * that has the line is taken.
 */
export function parseTrace(text: string, name: string, scripts: readonly string[]): ScriptTrace | undefined {
  const own: { line: number; command: string }[] = [];
  for (const entry of text.split('\n')) {
    const [, file = '', line = '', command = ''] = /^\++release-kit (\S*) (\d+) (.*)$/.exec(entry) ?? [];
    // Lines of files that the script reads in are counted by themselves.
    if (line === '' || !(file.endsWith(`.${name}`) || file.endsWith(`/${name}`))) continue;
    own.push({ line: Number(line), command });
  }
  const last = own.at(-1);
  const script = last === undefined ? undefined : scripts.find((each) => each.split('\n').length >= last.line);
  if (last === undefined || script === undefined) return undefined;
  const commands = own.slice(-mostCommands).map(({ line, command }) => inertLine(`${line}: ${command.slice(0, longestCommand)}`));
  return { script, line: last.line, commands };
}

/**
 * The line that the shell itself named when it gave up, from 1: `/var/lib/dpkg/info/x.postinst: 12: [[: not found`. dash reads on after what bash would
 * not stumble over, so a trace may not show it.
 */
export function namedLine(output: string, name: string): number | undefined {
  const matches = [...output.matchAll(new RegExp(`[./]${name}: (?:line )?(\\d+): `, 'g'))];
  const line = matches.at(-1)?.[1];
  return line === undefined ? undefined : Number(line);
}
