import type { Hint, LintianReport, Severity } from './lintian.ts';
import { severities } from './lintian.ts';

/** What lintian itself knows of a tag. */
export interface TagFacts {
  readonly severity: Severity;
  readonly experimental: boolean;
  /** Names it had in earlier releases. */
  readonly formerNames: readonly string[];
}

/**
 * Reads lintian's descriptions of its tags (/usr/share/lintian/tags, one file a tag, put one after the other). They are in the form of
 * control files, but the values of interest are single words or lists of them; so a line that is of no interest is let pass, and a
 * description without a name or a known severity is left out.
 */
export function parseTagFacts(text: string): ReadonlyMap<string, TagFacts> {
  const facts = new Map<string, TagFacts>();
  // Each file begins with its tag; screens follow as paragraphs of their own.
  for (const description of text.split(/^(?=Tag:)/m)) {
    const [paragraph = ''] = description.split(/\n[ \t]*\n/);
    const fields = fieldsOf(paragraph);
    const severity = severities.find((known) => known === fields.get('severity'));
    const name = fields.get('tag') ?? '';
    if (name === '' || severity === undefined) continue;
    facts.set(fields.get('name-spaced') === 'yes' ? `${fields.get('check') ?? ''}/${name}` : name, {
      severity,
      experimental: fields.get('experimental') === 'yes',
      formerNames: (fields.get('renamed-from') ?? '').split(/\s+/).filter((word) => word !== ''),
    });
  }
  return facts;
}

function fieldsOf(paragraph: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let last = '';
  for (const line of paragraph.split('\n')) {
    const [, name, value = ''] = /^([A-Za-z-]+):(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      fields.set(last, `${fields.get(last) ?? ''} ${line}`.trim());
    } else {
      last = name.toLowerCase();
      fields.set(last, value.trim());
    }
  }
  return fields;
}

/** Former name of a tag -> the name it has now. A name that is in use again is not former. */
export function renamedTags(facts: ReadonlyMap<string, TagFacts>): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (const [name, { formerNames }] of facts) {
    for (const former of formerNames) if (!facts.has(former)) renamed.set(former, name);
  }
  return renamed;
}

/** Fills in what a text report does not say of overridden, masked and experimental hints. Unknown tags stay as they are. */
export function withTagFacts(report: LintianReport, facts: ReadonlyMap<string, TagFacts>): LintianReport {
  const filled = (hint: Hint): Hint => {
    const known = facts.get(hint.tag);
    return known === undefined ? hint : { ...hint, severity: known.severity, experimental: known.experimental };
  };
  return { ...report, files: report.files.map(({ path, hints }) => ({ path, hints: hints.map(filled) })) };
}
