import type { Explanation } from './explanation.ts';

/** In our own words: what goes wrong in a maintainer script, and what to write instead. */
const rules: Readonly<Record<string, readonly [meaning: string, cure: string]>> = {
  SC1009: ['The shell cannot read the script; this is the command around the fault.', 'Mend the syntax error that is shown beside it.'],
  SC1072: ['The shell cannot read the script from here on.', 'Mend the syntax; `sh -n` on the script tells when it can be read.'],
  SC1073: ['The shell cannot read this command to its end.', 'Close what was opened: a quote, a bracket, `then`, `do`, `{`.'],
  SC2005: ['The output of a command is caught only to be printed again.', 'Run the command without echo around it.'],
  SC2006: ['Backquotes cannot be nested and treat backslashes in their own way.', 'Write $(command).'],
  SC2015: ['In `a && b || c`, c runs as well when b fails.', 'Write if, then, else.'],
  SC2034: ['The variable is set and never used.', 'Remove it, or export it when another program reads it.'],
  SC2039: ['The script asks for sh, which need not have this feature; in Debian, sh is dash.', 'Use what POSIX has, or ask for bash.'],
  SC2044: [
    'A loop over the output of find breaks at blanks in file names.',
    'Use find -exec, or let find and xargs part names by -print0 and -0.',
  ],
  SC2045: ['A loop over the output of ls breaks at blanks in file names.', 'Loop over a pattern such as /etc/name/*.'],
  SC2046: [
    'The output of the command is split at blanks, and patterns in it are replaced by file names.',
    'Put "$(command)" into double quotes.',
  ],
  SC2064: ['The trap is expanded now, not when the signal comes.', 'Use single quotes around the trap.'],
  SC2086: ['The value is split at blanks, and patterns in it are replaced by file names.', 'Put "$name" into double quotes.'],
  SC2115: [
    'If the variable is empty, this path is / and everything below it is meant.',
    `Write "\${name:?}/…", which stops when it is empty.`,
  ],
  SC2116: ['echo only repeats what is given to it.', 'Use the value itself.'],
  SC2124: ['A list is kept as one text.', 'Use "$*" for one text, or an array.'],
  SC2129: ['The same file is opened for each command.', 'Put the commands into { … } and redirect them once.'],
  SC2148: ['Nothing says which shell reads the script.', 'Begin it with #!/bin/sh.'],
  SC2154: ['The variable is used but set nowhere in the script.', 'Set it, or check its name.'],
  SC2155: [
    'The exit status of the command is lost, so that set -e does not see a failure.',
    'Declare the variable first and set it in a line of its own.',
  ],
  SC2162: ['read without -r treats backslashes as escapes.', 'Write read -r.'],
  SC2164: ['If cd fails, what follows happens in the wrong folder.', 'Write cd … || exit, or set -e.'],
  SC2166: ['`-a` and `-o` in tests are not reliable when an operand looks like an operator.', 'Write [ a ] && [ b ].'],
  SC2181: ['The exit status is looked at one command later.', 'Put the command itself into if.'],
  SC2196: ['egrep is deprecated.', 'Use grep -E.'],
  SC2230: ['which is not a standard command, and its exit status varies.', 'Use command -v.'],
  SC2236: ['A test is negated although its opposite exists.', 'Use -n instead of ! -z.'],
  SC3010: ['[[ ]] is not a feature of POSIX sh; in Debian, sh is dash, which stops here.', 'Use [ ], or ask for bash.'],
  SC3014: ['== in [ ] is not a feature of POSIX sh; in Debian, sh is dash, which stops here.', 'Use =.'],
  SC3030: ['Arrays are not a feature of POSIX sh; in Debian, sh is dash, which stops here.', 'Use positional parameters, or ask for bash.'],
  SC3043: [
    'local is not a feature of POSIX sh; dash has it, and Policy 10.4 allows its simple form.',
    'Leave it when it only names variables.',
  ],
  SC3046: ['source is not a feature of POSIX sh; in Debian, sh is dash, which stops here.', 'Write a dot.'],
};

/** @param tag `shellcheck/SC2086` */
export function shellcheckExplanation(tag: string): Explanation {
  const code = tag.slice(tag.lastIndexOf('/') + 1);
  const [meaning, cure] = rules[code] ?? ['shellcheck reads the script as the shell would, and sees a mistake or a trap here.', undefined];
  return { meaning, ...(cure === undefined ? {} : { cure }), references: [`https://www.shellcheck.net/wiki/${code}`] };
}
