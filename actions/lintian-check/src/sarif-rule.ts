import { cutText, inertLine, inertMarkdown, inertText } from '@release-kit/action';
import type { Explanation } from './explanation.ts';
import type { Finding, Tool } from './finding.ts';
import { referenceWords } from './reference.ts';

/** reportingDescriptor of SARIF 2.1.0 (3.49), with what GitHub requires. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: { readonly tags: readonly string[]; readonly 'problem.severity': 'error' | 'warning' | 'recommendation' };
}

export type SarifLevel = 'error' | 'warning' | 'note' | 'none';

/** GitHub cuts descriptions here, and names at 255 characters. */
const longestDescription = 1024;
const longestName = 255;

/** The rule of a tag, as this finding shows it. */
export function sarifRule({ tool, hint }: Finding, explanation: Explanation | undefined): SarifRule {
  const id = ruleId(hint.tag);
  const level = levelOf(hint);
  const meaning = plain(explanation?.meaning ?? `No explanation of ${hint.tag} is at hand.`);
  const uri = helpUri(tool, id);
  return {
    id,
    name: id,
    shortDescription: { text: cutText(`${id}: ${firstSentence(meaning)}`, longestDescription) },
    fullDescription: { text: cutText(meaning, longestDescription) },
    help: { text: helpOf(explanation, meaning, plain), markdown: helpOf(explanation, meaning, markdown) },
    ...(uri === undefined ? {} : { helpUri: uri }),
    defaultConfiguration: { level },
    properties: { tags: [tool], 'problem.severity': level === 'error' || level === 'warning' ? level : 'recommendation' },
  };
}

/** Never empty, and no longer than a name may be. */
export function ruleId(tag: string): string {
  const line = inertLine(tag).trim();
  return line === '' ? 'unnamed' : cutText(line, longestName);
}

/** What GitHub shows as an error, a warning, a note. */
export function levelOf({ severity, experimental }: Finding['hint']): SarifLevel {
  if (severity === 'classification') return 'none';
  if (experimental) return 'note';
  return severity === 'error' || severity === 'warning' ? severity : 'note';
}

/**
 * Messages of SARIF have placeholders `{0}` and links `[text](target)`. Braces are doubled (3.11.5). For brackets outside of links there is no way to
 * escape them (3.11.6), so that what would be a link is taken apart by a blank.
 */
export function sarifText(text: string): string {
  return inertText(text).replace(/[{}]/g, '$&$&').replaceAll('](', '] (');
}

function plain(text: string): string {
  return sarifText(text).trim();
}

function firstSentence(text: string): string {
  return /^[\s\S]*?[.!?](?=\s|$)/.exec(text)?.[0].replace(/\s+/g, ' ') ?? text.replace(/\s+/g, ' ');
}

/** Braces stay doubled in Markdown as well, where a backslash would part them. */
function markdown(text: string): string {
  return text
    .split('\n')
    .map((line) => inertMarkdown(line).replace(/\\([{}])/g, '$1$1'))
    .join('\n\n');
}

function helpOf(explanation: Explanation | undefined, meaning: string, form: (text: string) => string): string {
  if (explanation === undefined) return meaning;
  const cure = explanation.cure === undefined ? [] : [form(explanation.cure)];
  const references = explanation.references.map((reference) => `- ${form(referenceWords(reference))}`);
  return [form(explanation.details ?? explanation.meaning), ...cure, ...(references.length === 0 ? [] : [references.join('\n')])].join(
    '\n\n',
  );
}

/** The page that the tool's authors keep about the tag. */
function helpUri(tool: Tool, id: string): string | undefined {
  switch (tool) {
    case 'lintian':
      return /^[a-z0-9][a-z0-9+./-]*$/.test(id) ? `https://udd.debian.org/lintian-tag/${id}` : undefined;
    case 'shellcheck':
      return shellcheckPage(id);
    default:
      return undefined;
  }
}

function shellcheckPage(id: string): string | undefined {
  const code = /(?:^|\/)(SC\d+)$/.exec(id)?.[1];
  return code === undefined ? undefined : `https://www.shellcheck.net/wiki/${code}`;
}
