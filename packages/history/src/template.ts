import { UserError } from '@release-kit/action/errors';
import { inertLine, inertMarkdown, inertText } from '@release-kit/action/inert';
import type { Liquid } from 'liquidjs';

/** Text that is Markdown or plain text already, made by us; everything else is made inert where a template shows it. */
export interface Markup {
  readonly markup: string;
}

/** What a template may ask for. null stands for what is not there: `{% if previous %}`. */
export type TemplateValue = string | number | boolean | null | Markup | readonly TemplateValue[] | TemplateData;
export interface TemplateData {
  readonly [name: string]: TemplateValue;
}

/** How texts of strangers are made harmless: for GitHub, for a chat room, for mail. */
export type TemplateFormat = 'markdown' | 'chat' | 'text';

export interface Template {
  /** For messages; undefined for one of ours. */
  readonly file: string | undefined;
  readonly text: string;
}

export const templateTags: readonly string[] = ['assign', 'break', 'case', 'comment', 'continue', 'for', 'if', 'raw', 'unless'];
export const templateFilters: readonly string[] = [
  'append,at_least,at_most,capitalize,compact,concat,default,divided_by,downcase,first,join,last,map,minus,modulo,plus,prepend,replace',
  'replace_first,reverse,round,size,slice,sort,split,strip,times,truncate,truncatewords,uniq,upcase,where',
].flatMap((line) => line.split(','));

/**
 * Fills a Liquid template. A template runs no code, reads no file, sees nothing but `data` (no prototypes), and knows no
 * clock and no chance: the same data gives the same bytes. Each value is made inert when it is shown. Throws E_CONFIG with
 * line and column for what is no template, and for names, tags and filters that do not exist.
 */
export async function renderTemplate(template: Template, data: TemplateData, format: TemplateFormat): Promise<string> {
  const engine = await engineOf(format);
  try {
    const text: unknown = engine.parseAndRenderSync(template.text, data);
    return String(text);
  } catch (error) {
    throw templateProblem(template, error);
  }
}

async function engineOf(format: TemplateFormat): Promise<Liquid> {
  const { Liquid } = await import('liquidjs');
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    // In memory, so that no file can be asked for.
    templates: {},
    parseLimit: 1_000_000,
    memoryLimit: 50_000_000,
    outputEscape: (value: unknown) => shown(value, format),
  });
  for (const name of Object.keys(engine.tags)) if (!templateTags.includes(name)) delete engine.tags[name];
  // Among others `raw`, which would show values as they are.
  for (const name of Object.keys(engine.filters)) if (!templateFilters.includes(name)) delete engine.filters[name];
  return engine;
}

function shown(value: unknown, format: TemplateFormat): string {
  if (value === null || value === undefined) return '';
  if (isMarkup(value)) return value.markup;
  if (Array.isArray(value)) return value.map((each: unknown) => shown(each, format)).join('');
  if (typeof value === 'object') throw new Error('a group of values cannot be shown, only one of them');
  const text = String(value);
  if (format === 'markdown') return versionLike.test(text) ? text : inertMarkdown(text);
  return format === 'chat' ? inertChat(text) : inertLine(text);
}

/** Never a list's number, which a blank follows; a backslash inside would only look odd where Markdown is not rendered. */
const versionLike = /^\d+(?:\.[0-9A-Za-z-]+)+$/;

function isMarkup(value: unknown): value is Markup {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'markup');
}

const gap = '\u200b';

/**
 * Inline text for chat rooms, which all have their own small Markdown: no mentions (`@here`, `<!channel>`, `#room`),
 * no links and no code in Slack, Discord, Matrix or Mattermost; one line.
 */
export function inertChat(text: string): string {
  return inertLine(text)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('`', "'")
    .replace(/[@#:](?=[\w-])/g, (sign) => `${sign}${gap}`)
    .replace(/[*_~|[\](!]/g, (sign) => `${gap}${sign}${gap}`)
    .replace(/(?:https?|ftp|mailto|www)(?=[:.])/gi, (scheme) => `${scheme}${gap}`);
}

/** The library's errors end in `, line:3, col:8`. */
function templateProblem({ file, text }: Template, error: unknown): UserError {
  const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const [line, column] = /, line:(\d+), col:(\d+)/.exec(message)?.slice(1).map(Number) ?? [];
  const problem = inertText(message.replace(/,? (?:file:.*, )?line:\d+, col:\d+[\s\S]*$/, '')).split('\n', 1)[0] ?? '';
  const place = file === undefined ? {} : { place: { file, ...(line === undefined || column === undefined ? {} : { line, column }) } };
  const where = file === undefined && line !== undefined ? ` (line ${line})` : '';
  return new UserError('E_CONFIG', `the template ${inertLine(file ?? text.slice(0, 40))} cannot be used: ${problem}${where}`, {
    ...place,
    cure: 'Correct the template; docs/templates.md lists the names, tags and filters it may use.',
    cause: error,
  });
}
