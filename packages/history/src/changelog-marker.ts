import { createHash } from 'node:crypto';

const marker = /^<!-- release-kit:([0-9a-f]{16}) -->\r?\n?$/;

/** Our part of a section, below a comment with the digest that tells whether it is still ours. `heading` is counted in, without line end. */
export function markedBody(heading: string, body: string): string {
  return `<!-- release-kit:${digestOf(heading, body)} -->\n\n${body.trim()}\n\n`;
}

export function isMarker(line: string): boolean {
  return marker.test(line);
}

/** Whether heading and text are as we wrote them; blanks at the ends and the kind of line ends do not count. */
export function isUnchanged(line: string, heading: string, body: string): boolean {
  return marker.exec(line)?.[1] === digestOf(heading, body);
}

function digestOf(heading: string, body: string): string {
  const text = `${heading.trim()}\n${body.trim()}`.replaceAll('\r\n', '\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
