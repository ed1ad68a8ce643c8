import type { CheckAnnotation, CheckReport } from './check-run.ts';

/** GitHub's reference, "Create a check run": annotations of one request. */
export const annotationsPerRequest = 50;
/** Characters of the summary, and of the text. */
const maxOutput = 65_535;
/** "64 KB" for a message, and for the raw details. Bytes. */
const maxMessage = 64 * 1024 - 1;
const maxTitle = 255;

/** Cut to what GitHub takes; each cut is said in the text. */
export function fitCheckReport(report: CheckReport): CheckReport {
  return {
    ...report,
    title: cut(report.title, maxTitle),
    summary: cutLines(report.summary, maxOutput),
    text: cutLines(report.text, maxOutput),
    annotations: report.annotations.map(fitAnnotation),
  };
}

function fitAnnotation(annotation: CheckAnnotation): CheckAnnotation {
  const { startLine, endLine, details } = annotation;
  return {
    ...annotation,
    endLine: Math.max(startLine, endLine),
    title: cut(annotation.title, maxTitle),
    message: cutBytes(annotation.message),
    ...(details === undefined ? {} : { details: cutBytes(details) }),
  };
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${withoutHalf(text.slice(0, most - 2))} …`;
}

function cutBytes(text: string): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxMessage) return text;
  const note = ` … (cut: ${bytes} bytes)`;
  // A character that the border cuts in two becomes U+FFFD.
  const kept = Buffer.from(text)
    .subarray(0, maxMessage - Buffer.byteLength(note))
    .toString('utf8')
    .replace(/\ufffd+$/, '');
  return kept + note;
}

/** At the end of a line, so that no Markdown is left open; of one endless line nothing is kept but the note. */
function cutLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const note = `\n\n_Cut: ${text.length} characters, and GitHub keeps ${most} here._\n`;
  const end = text.lastIndexOf('\n', most - note.length);
  return `${end < 0 ? '' : text.slice(0, end)}${note}`;
}

const withoutHalf = (text: string): string => text.replace(/[\ud800-\udbff]$/, '');
