import { inertLine, inertText } from '@release-kit/action';
import type { Explanation } from './explanation.ts';
import type { Finding } from './finding.ts';
import { overrideLine } from './override-line.ts';
import type { Placed } from './placed.ts';
import { referenceLink, referenceWords } from './reference.ts';

/** Notes can be megabytes long; what the tag means must still find room. Characters. */
const longestNote = 1000;

/** `hello: maintainer-script-calls-chown-improperly "chown a.b" [postinst:4]` */
export function lineOf({ hint }: Finding): string {
  const type = hint.type === 'binary' ? '' : ` ${hint.type}`;
  return inertLine(`${hint.package}${type}: ${hint.tag}${noteOf(hint.note)}${pointerOf(hint.pointer)}`);
}

/** `lintian: no-manual-page` */
export function titleOf({ tool, hint }: Finding): string {
  return inertLine(`${tool}: ${hint.tag}`);
}

/**
 * All that its author needs: what was found, how grave it is, what it means, how to mend it, where the rule stands, and what to write when it is
 * meant to be so. Plain text of several lines, inert.
 */
export function messageOf(placed: Placed, explanation: Explanation | undefined): string {
  const blocks = [
    [headOf(placed), graveOf(placed)],
    [explanation?.meaning ?? ''],
    adviceOf(placed.finding, explanation),
    intentionOf(placed.finding),
  ];
  return inertText(
    blocks
      .map((lines) => lines.filter((line) => line !== '').join('\n'))
      .filter((block) => block !== '')
      .join('\n\n'),
  );
}

/** What the title, which holds the tag, does not say. */
function headOf({ finding, location }: Placed): string {
  const { hint } = finding;
  const outside = location !== undefined && location.place === undefined ? ` (${location.shown})` : '';
  const what = `${noteOf(hint.note)}${pointerOf(hint.pointer)}${outside}`;
  return inertLine(what === '' ? `in ${hint.package}` : `${hint.package}:${what}`);
}

/** `warning, new; shown here because debian/install installs this file` */
function graveOf({ finding, location, standing }: Placed): string {
  const { severity, experimental } = finding.hint;
  const words = [
    severity,
    ...(experimental ? ['experimental, so it fails nothing'] : []),
    ...(standing === undefined ? [] : [standing === 'new' ? 'new' : 'there before']),
  ];
  const why = location === undefined || location.exact || location.reason === '' ? '' : `; shown here because ${location.reason}`;
  return inertLine(`${words.join(', ')}${why}`);
}

function adviceOf({ hint }: Finding, explanation: Explanation | undefined): readonly string[] {
  if (explanation === undefined) return [];
  const { references } = explanation;
  const cure = explanation.cure?.replaceAll('debian/PACKAGE.', `debian/${hint.package}.`);
  const rules = references.map((reference) => {
    const [words, link] = [referenceWords(reference), referenceLink(reference)];
    return link === undefined || link === reference ? `See ${words}` : `See ${words}: ${link}`;
  });
  return [...(cure === undefined ? [] : [`How to mend it: ${cure}`]), ...rules];
}

function intentionOf(finding: Finding): readonly string[] {
  const override = overrideLine(finding);
  if (override === undefined) return [];
  return [`If it is meant to be so, write into ${override.file}, below a comment that says why:`, override.line];
}

function noteOf(note: string): string {
  if (note === '') return '';
  return note.length <= longestNote ? ` ${note}` : ` ${note.slice(0, longestNote)}… (${note.length} characters)`;
}

function pointerOf(pointer: Finding['hint']['pointer']): string {
  if (pointer === undefined) return '';
  return ` [${pointer.path}${pointer.line === undefined || pointer.line < 1 ? '' : `:${pointer.line}`}]`;
}
