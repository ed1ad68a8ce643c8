import { type Matcher, problemOf } from './build-rule.ts';
import { plainLine } from './compiler-message.ts';

// `make[1]: *** [Makefile:3: hello.o] Error 2`
const make = /^(?:make|gmake)(?:\[\d+\])?: \*\*\* \[([^\]:]+):([0-9]{1,9}): ([^\]]*)\] (?:Error|Terminated).*$/;
const others = [
  /^dh_\w+: error: .*$/,
  /^ninja: (?:error|build stopped): .*$/,
  /^collect2: error: .*$/,
  /^E: .*$/,
  /^dpkg-buildpackage: error: .*$/,
] as const;

/** What a tool says that only ran another one: where it was, when the cause itself was not understood. */
export const followUpAt: Matcher = (lines, index) => {
  const line = plainLine(lines[index] ?? '');
  const match = make.exec(line);
  if (match !== null) return { ...problemOf('make-rule', line, { file: match[1] ?? '', line: Number(match[2]) }), byRule: true };
  return others.some((pattern) => pattern.test(line)) ? problemOf('tool-failed', line) : undefined;
};
