import { inertLine } from '@release-kit/action';
import type { HealthQuestion } from '@release-kit/config';

/** What a check asks for, in a few inert words. */
export function questionText(question: HealthQuestion): string {
  return inertLine(rawText(question));
}

function rawText(question: HealthQuestion): string {
  switch (question.kind) {
    case 'http':
      return question.url;
    case 'tcp':
      return question.address;
    case 'unix':
      return question.path;
    case 'command':
      return `the command ${question.command}`;
    case 'unit':
      return `${question.unit} ${question.state}`;
    case 'file':
      return question.path;
    case 'log':
      return `/${question.line}/ in the journal${question.unit === undefined ? '' : ` of ${question.unit}`}`;
  }
}

/** The question with the unit that it is about when it names none: that of the service it belongs to. */
export function questionOf<Q extends HealthQuestion>(question: Q, unit: string | undefined): Q {
  return question.kind === 'log' && question.unit === undefined && unit !== undefined ? { ...question, unit } : question;
}
