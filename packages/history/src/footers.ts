interface Footer {
  readonly token: string;
  /** Lines joined by line feeds, blanks at both ends removed. */
  readonly value: string;
}

// Conventional Commits 1.0.0, items 8 to 10: hyphens for blanks, but for BREAKING CHANGE; then `: ` or ` #`. git removes
// blanks at the end of a line, so a breaking footer whose text begins on the next line ends in the colon.
const footerStart = /^(?:(BREAKING[ -]CHANGE):$|(BREAKING CHANGE|[A-Za-z][A-Za-z0-9-]{0,60})(?:: | (?=#)))/;

/** GitHub puts a dashed line between the messages of a squash and the co-authors. */
const ruler = /^-{3,}$/;

/**
 * The footers of a body. A footer begins after a blank line, at the start of the body, or right after another footer;
 * so a wrapped sentence that happens to begin a line with `BREAKING CHANGE: ` is prose. Its value ends where the next
 * footer begins, at a ruler, or at the next bullet of a squashed list.
 */
function parseFooters(body: string): readonly Footer[] {
  const footers: { token: string; lines: string[] }[] = [];
  let afterBlank = true;
  let open = false;
  for (const raw of body.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const match = afterBlank || open ? footerStart.exec(line) : null;
    const token = match?.[1] ?? match?.[2];
    if (match !== null && token !== undefined) {
      footers.push({ token, lines: [line.slice(match[0].length)] });
      open = true;
    } else if (ruler.test(line) || (afterBlank && /^[*-] /.test(line))) {
      open = false;
    } else if (open) {
      footers.at(-1)?.lines.push(line);
    }
    afterBlank = line.trim() === '';
  }
  return footers.map(({ token, lines }) => ({ token, value: lines.join('\n').trim() }));
}

/** The words of a body's breaking footers: `BREAKING CHANGE` or its synonym `BREAKING-CHANGE`, upper case only; undefined without one. */
export function breakingText(body: string): string | undefined {
  // Nearly all bodies end here, whatever their length.
  if (!body.includes('BREAKING')) return undefined;
  const texts = parseFooters(body)
    .filter(({ token }) => token === 'BREAKING CHANGE' || token === 'BREAKING-CHANGE')
    .map(({ value }) => value);
  return texts.length === 0 ? undefined : texts.join('\n');
}
