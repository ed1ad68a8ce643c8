import { inertText } from './inert.ts';

/** What XML 1.0 (2.2) does not allow and `inertText` leaves: it escapes control characters and lone surrogates already. */
const forbidden = /[\ufffe\uffff]/g;

/** Text for the content of an element or for an attribute in double quotes, whatever it holds. */
export function xmlText(text: string): string {
  return inertText(text)
    .replace(forbidden, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The attributes of an element, each with a blank before it; what is undefined is left out. Line ends are kept as references. */
export function xmlAttributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}="${xmlText(`${value}`).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`,
    )
    .join('');
}
