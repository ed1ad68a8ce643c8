import { cell, code, codeBlock, cutText, folded, linkedCode, type SourceLink } from '@release-kit/action';
import { codeOfProblem, cureOfProblem, isFailure } from '../problem.ts';
import { placeText, seenText, type ToldProblem } from './told-problem.ts';

const mostEvidence = 4000;
const mostMessage = 1000;

/** A problem in the summary: what, where, what to do; the evidence is folded away, except for a person who opens it. Lines of Markdown. */
export function problemSection({ problem, seen }: ToldProblem, link: SourceLink): readonly string[] {
  const shown = placeText(problem.place);
  const place = shown === undefined ? '' : ` ${linkedCode(shown, link(problem.place))}`;
  return [
    '',
    `${isFailure(problem) ? '❌' : '⚠️'} **${problem.category}**${place}<br>`,
    `${longCell(problem.message)}<br>`,
    `**What to do:** ${longCell(cureOfProblem(problem))}<br>`,
    `<sub>${code(codeOfProblem(problem))} on ${cell(seenText(seen))}</sub>`,
    ...(problem.evidence === undefined ? [] : folded('What was seen', [codeBlock(cutEvidence(problem.evidence))])),
  ];
}

function longCell(text: string): string {
  return cell(cutText(text, mostMessage));
}

/** The end of a log says why it ended, its beginning what was done. */
function cutEvidence(text: string): string {
  if (text.length <= mostEvidence) return text;
  const half = mostEvidence / 2;
  const left = text.length - mostEvidence;
  return `${cutText(text, half)}\n(${left} characters are left out here; the log has them)\n${text.slice(-half).replace(/^[\udc00-\udfff]/, '')}`;
}
