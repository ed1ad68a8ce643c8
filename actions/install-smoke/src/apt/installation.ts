import { inertLine } from '@release-kit/action';
import type { Installation } from '../package-manager.ts';
import type { Problem } from '../problem.ts';
import { withoutQuestions } from './apt-call.ts';
import { unansweredQuestions } from './debconf-question.ts';
import { networkWishes } from './network-wish.ts';

/** What an installation that ended well said on the way. */
export function readInstallation(output: string): Installation {
  const lines = output.split('\n');
  return {
    output: withoutQuestions(lines).join('\n'),
    warnings: [...networkWarnings(lines), ...questionWarnings(lines)],
    kept: keptFiles(output),
  };
}

function networkWarnings(lines: readonly string[]): readonly Problem[] {
  return networkWishes(withoutQuestions(lines)).map(({ line, script }) => ({
    category: 'needs-network',
    level: 'warning',
    message: inertLine(`the ${script.name} script of ${script.package} wants the network, and goes on without: ${line}`),
    subject: { kind: 'script', ...script },
  }));
}

function questionWarnings(lines: readonly string[]): readonly Problem[] {
  return unansweredQuestions(lines).map(({ question, priority }) => ({
    category: 'unanswered-question',
    level: 'warning',
    message: inertLine(`${question} is asked with priority ${priority}, and has no answer where nobody is asked`),
  }));
}

/** Configuration files over which dpkg would have asked a person, and kept the one that was there; dpkg(1), `--force-confold`. */
export function keptFiles(output: string): readonly string[] {
  return [...output.matchAll(/^Configuration file '(\/[^\n]*)'\n(?: ==> [^\n]*\n)* ==> Keeping old config file as default\.$/gm)].map(
    (match) => match[1] ?? '',
  );
}
