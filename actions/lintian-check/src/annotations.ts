import { type Annotation, type AnnotationLevel, inertLine, inertText, maxPerLevel } from '@release-kit/action';
import type { Explanations } from './explanation.ts';
import { annotationLevel, type Finding } from './finding.ts';
import type { Placed } from './placed.ts';

/** GitHub shows ten of each level per step; one error is kept for the sentence that ends the step. */
const room: Readonly<Record<AnnotationLevel, number>> = { error: maxPerLevel - 1, warning: maxPerLevel, notice: maxPerLevel };

/** The findings that go out as annotations: the first of each level, in order; the rest is in the log and the summary. */
export function chooseAnnotated(findings: readonly Finding[]): readonly Finding[] {
  const used: Record<AnnotationLevel, number> = { error: 0, warning: 0, notice: 0 };
  return findings.filter((finding) => {
    const level = annotationLevel(finding);
    if (level === undefined || used[level] >= room[level]) return false;
    used[level] += 1;
    return true;
  });
}

/** The annotation of one finding; undefined for what is not shown. */
export function annotationOf(placed: Placed, explanations: Explanations): Annotation | undefined {
  const { finding, location } = placed;
  const level = annotationLevel(finding);
  if (level === undefined) return undefined;
  const meaning = explanations.get(finding.hint.tag);
  const message = inertText([headOf(placed), ...(meaning === undefined ? [] : ['', meaning.meaning])].join('\n'));
  return { level, title: inertLine(`lintian: ${finding.hint.tag}`), message, ...location?.place };
}

/** `hello: maintainer-script-calls-chown-improperly "chown a.b" [postinst:4]` */
export function lineOf({ hint }: Finding): string {
  const type = hint.type === 'binary' ? '' : ` ${hint.type}`;
  return inertLine(`${hint.package}${type}: ${hint.tag}${noteOf(hint.note)}${pointerOf(hint.pointer)}`);
}

/** What the title, which holds the tag, does not say. */
function headOf({ finding, location }: Placed): string {
  const { hint } = finding;
  const outside = location !== undefined && location.place === undefined ? ` (${location.shown})` : '';
  const what = `${noteOf(hint.note)}${pointerOf(hint.pointer)}${outside}`;
  return what === '' ? `in ${hint.package}` : `${hint.package}:${what}`;
}

function noteOf(note: string): string {
  return note === '' ? '' : ` ${note}`;
}

function pointerOf(pointer: Finding['hint']['pointer']): string {
  if (pointer === undefined) return '';
  return ` [${pointer.path}${pointer.line === undefined || pointer.line < 1 ? '' : `:${pointer.line}`}]`;
}
