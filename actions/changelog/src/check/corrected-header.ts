import { nearest } from '@release-kit/action';
import { type Grammar, knownTypes, parseCommit } from '@release-kit/history';

/** Longer ones are no example to copy. */
const maxHeader = 200;

// A tag, ticket or picture; the type; a scope and marks in whatever order, blanks anywhere; a colon of any width.
const almost =
  /^(?:\[[^\]]{1,40}\]|#\d{1,10}|[A-Z][A-Z0-9]{1,9}-\d{1,10}|:[a-z0-9_+-]{1,40}:|\P{ASCII}{1,10})?[\s:|-]{0,5}([A-Za-z]{1,20})\s{0,5}(!{0,5})\s{0,5}(?:\(([^)]{0,100})\)?)?\)?\s{0,5}(!{0,5})\s{0,5}[:：]\s{0,5}(\S.*)$/u;
const breaking = /^BREAKING[ -]?CHANGES?[^:]{0,100}:\s{0,5}(\S.*)$/i;

/** What people write first, and the type that it stands for. */
const verbs: readonly (readonly [type: string, words: RegExp])[] = [
  ['fix', /^(?:fix|correct|mend|repair|resolve|prevent|avoid|handle|restore)(?:e?s|e?d|ing)?$/i],
  ['feat', /^(?:add|implement|introduce|support|allow|enable|provide|create|make)(?:e?s|e?d|ing)?$/i],
  ['docs', /^(?:document|explain|describe)(?:s|ed|ing)?$|^docs?$|^readme$/i],
  ['refactor', /^(?:refactor|rename|move|clean|simplify|extract|split|remove|delete|drop)(?:e?s|e?d|ing)?$/i],
  ['test', /^tests?$/i],
  ['perf', /^(?:speed|optimi[sz]e)(?:s|d)?$/i],
  ['chore', /^(?:bump|update|upgrade|release|prepare)(?:s|d)?$/i],
];

/**
 * The header that its author may have meant, to copy; it keeps all rules. undefined when it cannot be told. A stranger's text, so not inert.
 */
export function correctedHeader(subject: string, grammar: Grammar): string | undefined {
  const line = subject.trim();
  if (line.length > maxHeader) return undefined;
  const meant = fromAlmost(line, grammar) ?? fromBreaking(line) ?? fromProse(line);
  return meant !== undefined && keepsAllRules(meant, grammar) ? meant : undefined;
}

function fromAlmost(line: string, grammar: Grammar): string | undefined {
  const [, word, before = '', scope = '', after = '', description] = almost.exec(line) ?? [];
  if (word === undefined || description === undefined) return undefined;
  const types = [...(grammar.types ?? knownTypes)];
  const lower = word.toLowerCase();
  const type = types.includes(lower) ? lower : (nearest(lower, types) ?? others.get(lower));
  if (type === undefined) return undefined;
  const name = scope.replace(/[()]/g, '').trim();
  return `${type}${name === '' ? '' : `(${name})`}${before + after === '' ? '' : '!'}: ${description.trim()}`;
}

/** Words that are common, but in few lists of types. */
const others: ReadonlyMap<string, string> = new Map([
  ['bug', 'fix'],
  ['bugfix', 'fix'],
  ['hotfix', 'fix'],
  ['new', 'feat'],
  ['enhancement', 'feat'],
  ['improvement', 'feat'],
  ['documentation', 'docs'],
  ['performance', 'perf'],
  ['testing', 'test'],
  ['cleanup', 'refactor'],
]);

function fromBreaking(line: string): string | undefined {
  const description = breaking.exec(line)?.[1];
  return description === undefined ? undefined : `feat!: ${description.trim()}`;
}

function fromProse(line: string): string | undefined {
  const [word = ''] = /^[A-Za-z]+(?=\s|$)/.exec(line) ?? [];
  const type = verbs.find(([, words]) => words.test(word))?.[0];
  if (type === undefined) return undefined;
  // `Add` is a word like others; `README` and `OpenSSL` are names.
  const text = /^[A-Z][a-z]*$/.test(word) ? line.charAt(0).toLowerCase() + line.slice(1) : line;
  return `${type}: ${text.replace(/\.$/, '')}`;
}

function keepsAllRules(subject: string, grammar: Grammar): boolean {
  const { kind, warnings } = parseCommit({ sha: '', subject, body: '', authorName: '', timestamp: 0 }, grammar);
  return kind === 'conventional' && warnings.length === 0;
}
