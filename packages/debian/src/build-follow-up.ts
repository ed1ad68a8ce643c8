import { type BuildProblem, shortMessage } from './build-rule.ts';
import { plainLine } from './compiler-message.ts';

// `make[1]: *** [Makefile:3: hello.o] Error 2`
const make = /^(?:make|gmake)(?:\[\d+\])?: \*\*\* \[([^\]:]+):([0-9]{1,9}): ([^\]]*)\] (?:Error|Killed|Terminated|Segmentation).*$/;
const others = [
  /^dh_\w+: error: .*$/,
  /^ninja: (?:error|build stopped): .*$/,
  /^collect2: error: .*$/,
  /^E: .*$/,
  /^dpkg-buildpackage: error: .*$/,
] as const;

/** What a tool says that only ran another one: where it was, when the cause itself was not understood. */
export function followUpAt(lines: readonly string[], index: number): BuildProblem | undefined {
  const line = plainLine(lines[index] ?? '');
  const match = make.exec(line);
  if (match !== null) return { category: 'other', message: shortMessage(line), file: match[1] ?? '', line: Number(match[2]) };
  return others.some((pattern) => pattern.test(line)) ? { category: 'other', message: shortMessage(line) } : undefined;
}
