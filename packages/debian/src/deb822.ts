import { UserError } from '@release-kit/action/errors';
import { shown } from './shown.ts';

export interface Field {
  readonly name: string;
  /**
   * Without the blanks around it. Continuation lines follow after line feeds, without the one blank that marks them
   * and without blanks at their end; the dots that stand for empty lines are kept.
   */
  readonly value: string;
  /** Line of the field's name, from 1. */
  readonly line: number;
}

export interface Paragraph {
  readonly fields: readonly Field[];
  /** Value of a field, upper and lower case alike; undefined when it is not there. */
  get(name: string): string | undefined;
  /** Line of a field, from 1. */
  line(name: string): number | undefined;
}

export interface Deb822Options {
  /** Written by people, as debian/control: comment lines are dropped, and blanks may stand on the empty lines between paragraphs. */
  readonly handwritten?: boolean;
  /** Number of the first line, when the text was cut out of a larger one. */
  readonly firstLine?: number;
}

/** Reads the paragraphs of a control file by Debian Policy 5.1 and deb822(5), strictly. Throws E_CONTROL with file, line and column. */
export function parseDeb822(text: string, file: string, options: Deb822Options = {}): readonly Paragraph[] {
  const { handwritten = false, firstLine = 1 } = options;
  const paragraphs: Paragraph[] = [];
  let open: OpenParagraph = new Map();
  let last: OpenField | undefined;
  const close = () => {
    if (open.size > 0) paragraphs.push(paragraphOf(open));
    open = new Map();
    last = undefined;
  };
  for (const [index, line] of text.split('\n').entries()) {
    const at = firstLine + index;
    checkCharacters(line, file, at);
    if (line === '' || (handwritten && /^[ \t]+$/.test(line))) close();
    else if (line.startsWith('#')) {
      if (!handwritten) throw problem(file, at, 1, 'comments are not allowed in this file');
    } else if (/^[ \t]/.test(line)) continueField(last, line, file, at);
    else last = startField(open, line, file, at);
  }
  close();
  return paragraphs;
}

interface OpenField {
  readonly name: string;
  readonly lines: string[];
  readonly line: number;
}

/** By the name in lower case. */
type OpenParagraph = Map<string, OpenField>;

const plainText =
  'Save the file as UTF-8 without byte order mark, lines ending with LF; `debian/** text eol=lf` in .gitattributes keeps it so on Windows.';

function problem(file: string, line: number, column: number, message: string, cure?: string): UserError {
  return new UserError('E_CONTROL', message, { place: { file, line, column }, ...(cure === undefined ? {} : { cure }) });
}

function checkCharacters(line: string, file: string, at: number): void {
  if (at === 1 && line.startsWith('\ufeff'))
    throw problem(file, at, 1, 'the file begins with a byte order mark, which an editor has put there', plainText);
  const nul = line.indexOf('\0');
  if (nul !== -1) throw problem(file, at, nul + 1, 'the line holds a NUL byte');
  const cr = line.indexOf('\r');
  if (cr === line.length - 1 && cr !== -1)
    throw problem(file, at, cr + 1, 'the line ends with CR LF; Debian files end lines with LF alone', plainText);
  if (cr !== -1) throw problem(file, at, cr + 1, 'the line holds a carriage return');
}

function continueField(field: OpenField | undefined, line: string, file: string, at: number): void {
  if (field === undefined) throw problem(file, at, 1, 'the line starts with a blank, but there is no field before it to continue');
  const rest = line.slice(1).trimEnd();
  if (rest === '')
    throw problem(file, at, 1, 'the line holds only blanks; an empty line inside a value is written as a blank and a full stop');
  field.lines.push(rest);
}

function startField(paragraph: OpenParagraph, line: string, file: string, at: number): OpenField {
  const colon = line.indexOf(':');
  if (colon === -1) throw problem(file, at, 1, `the line ${shown(line)} has no colon; a field is written as Name: value`);
  if (colon === 0) throw problem(file, at, 1, 'the name of the field before the colon is missing');
  const name = line.slice(0, colon);
  const wrong = name.search(/[^!-9;-~]/);
  if (wrong !== -1)
    throw problem(file, at, wrong + 1, `the field name ${shown(name)} may hold only printable ASCII characters, and no blanks`);
  if (name.startsWith('-')) throw problem(file, at, 1, `the field name ${shown(name)} may not start with a hyphen`);
  const key = name.toLowerCase();
  const first = paragraph.get(key);
  if (first !== undefined) throw problem(file, at, 1, `the field ${shown(name)} is already on line ${first.line}`);
  const field = { name, lines: [line.slice(colon + 1).trim()], line: at };
  paragraph.set(key, field);
  return field;
}

function paragraphOf(open: OpenParagraph): Paragraph {
  const byName = new Map([...open].map(([key, { name, lines, line }]): [string, Field] => [key, { name, value: lines.join('\n'), line }]));
  const fields = [...byName.values()];
  return {
    fields,
    get: (name) => byName.get(name.toLowerCase())?.value,
    line: (name) => byName.get(name.toLowerCase())?.line,
  };
}
