const marker = /^<!-- release-kit:(\d{1,7}):([0-9a-f]{16}) -->\r?\n?$/;

/**
 * Our part of a section: a comment, a blank line, the text. The comment has the number of the text's lines, so that what people
 * write below is theirs, and a digest, which tells whether the text and the section's heading are still ours.
 */
export function markedBody(heading: string, body: string): string {
  const text = body.trim();
  return `<!-- release-kit:${text.split('\n').length}:${digestOf(heading, text)} -->\n\n${text}\n`;
}

/** How many lines below a marker are ours, with the blank one; undefined of any other line. */
export function markedLines(line: string): number | undefined {
  const count = marker.exec(line)?.[1];
  return count === undefined ? undefined : Number(count) + 1;
}

/** Whether heading and text are as we wrote them; blanks at the ends and the kind of line ends do not count. */
export function isUnchanged(line: string, heading: string, body: string): boolean {
  return marker.exec(line)?.[2] === digestOf(heading, body);
}

function digestOf(heading: string, body: string): string {
  const text = `${heading.trim()}\n${body.trim()}`.replaceAll('\r\n', '\n');
  // Loaded here, since it takes a third of the time that Node itself takes to start, and few runs write a changelog.
  return process.getBuiltinModule('node:crypto').hash('sha256', text).slice(0, 16);
}
