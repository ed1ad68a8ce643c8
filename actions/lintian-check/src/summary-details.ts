import { capped, cell, code, cutText, folded, inertMarkdown, linkedCode, type SourceLink, table } from '@release-kit/action';
import type { Explanations } from './explanation.ts';
import type { LintResult, Override, PastFinding, Skipped, StaleEntry } from './lint-result.ts';
import type { Placed } from './placed.ts';
import { referenceLink, referenceWords } from './reference.ts';

const listCap = { rows: 50, bytes: 60_000 };
const meaningCap = { rows: 40, bytes: 150_000 };
const longestMeaning = 900;

/** What stands below the findings: what the pull request hides, what was not run, and, folded, the rest. */
export function sideSections(result: LintResult, open: readonly Placed[], explanations: Explanations, link: SourceLink): readonly string[] {
  return [
    ...newOverrides(result.newlyOverridden, link),
    ...skipped(result),
    ...meanings(open, explanations),
    ...fixed(result),
    ...stale(result, link),
    ...overridden(result.placed),
    ...unused(result.unusedOverrides, link),
  ];
}

/** Never folded: who reviews has to see what a pull request hides. */
function newOverrides(overrides: readonly Override[], link: SourceLink): readonly string[] {
  if (overrides.length === 0) return [];
  return ['', '#### Newly overridden', ...overrideTable(overrides, link)];
}

function unused(overrides: readonly Override[], link: SourceLink): readonly string[] {
  return folded(`Overrides that nothing matches: ${overrides.length}`, overrideTable(overrides, link));
}

function overrideTable(overrides: readonly Override[], link: SourceLink): readonly string[] {
  const row = ({ package: name, tag, context, location, remark }: Override): readonly string[] => [
    `${code(tag)}${context === '' ? '' : `<br>${cell(context)}`}`,
    `${location === undefined ? '' : `${linkedCode(location.shown, link(location.place))}<br>`}in ${code(name)}`,
    cell(remark ?? ''),
  ];
  return table(['Override', 'Where', ''], overrides, row, listCap, 'overrides are in the log');
}

function skipped({ skipped: left }: LintResult): readonly string[] {
  if (left.length === 0) return [];
  const line = ({ what, reason }: Skipped): string => `- ${code(what)}: ${cell(reason)}`;
  return ['', 'Not run:', '', ...capped(left, line, listCap, 'things were not run')];
}

/** Each tag once, in the order of the findings. */
function meanings(open: readonly Placed[], explanations: Explanations): readonly string[] {
  const tags = [...new Set(open.map(({ finding }) => finding.hint.tag))].filter((tag) => explanations.has(tag));
  const line = (tag: string): string => {
    const explanation = explanations.get(tag);
    const paragraphs = [explanation?.meaning ?? '', explanation?.cure ?? ''].filter((text) => text !== '');
    const text = cutText(paragraphs.join('\n'), longestMeaning)
      .split('\n')
      .map((line) => inertMarkdown(line.trim()))
      .join('<br>');
    const references = (explanation?.references ?? []).map(referenceText).join('; ');
    return `- ${code(tag)}: ${text}${references === '' ? '' : `<br>See ${references}.`}`;
  };
  return folded(
    tags.length === 1 ? 'What the tag means' : `What these ${tags.length} tags mean`,
    capped(tags, line, meaningCap, 'tags are explained by lintian-explain-tags'),
  );
}

/** With its page, where that is known. */
function referenceText(reference: string): string {
  const link = referenceLink(reference);
  const words = cell(referenceWords(reference));
  return link === undefined || !/^https:\/\/[^\s()<>|\\]+$/.test(link) ? words : `[${words}](${link})`;
}

function fixed({ comparison }: LintResult): readonly string[] {
  const gone = comparison?.fixed ?? [];
  const line = ({ package: name, tag, context }: PastFinding): string => `- ${code(tag)} in ${code(name)} ${cell(context)}`.trimEnd();
  return folded(`Fixed: ${gone.length}`, capped(gone, line, listCap, 'are fixed'));
}

function stale({ comparison }: LintResult, link: SourceLink): readonly string[] {
  const entries = comparison?.stale ?? [];
  const line = ({ past, place }: StaleEntry): string => {
    const shown = `${place.file}${place.line === undefined ? '' : `:${place.line}`}`;
    return `- ${linkedCode(shown, link(place))}: ${code(past.tag)} in ${code(past.package)}`;
  };
  return folded(`Lines of the baseline to take out: ${entries.length}`, capped(entries, line, listCap, 'lines are stale'));
}

function overridden(placed: readonly Placed[]): readonly string[] {
  const accepted = placed.filter(({ finding }) => finding.status === 'overridden');
  const row = ({ finding: { hint } }: Placed): readonly string[] => [code(hint.tag), code(hint.package), cell(hint.justification ?? '')];
  return folded(`Overridden: ${accepted.length}`, table(['Tag', 'Package', 'Why'], accepted, row, listCap, 'are in the log'));
}
