/** Licences that ask for nothing but their text beside the code, by SPDX identifier. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
]);

/** Others that were looked at, for one package each, and what they ask for. */
const reviewed: Readonly<Record<string, { readonly licence: string; readonly note: string; readonly text: string }>> = {
  openpgp: {
    licence: 'LGPL-3.0-or-later',
    note: `The bundle holds this library unchanged, in plain text, in a chunk of its own. Its sources are the package of this version on npm.
release-kit is rebuilt with another version of it by changing the version in package.json, npm install, and npm run build.
The licence refers to the GNU General Public License, version 3, which follows.`,
    text: 'GPL-3.0.txt',
  },
};

/** Files with licences of what a package holds besides its own code, by a name that nobody would look for. */
const furtherFiles: Readonly<Record<string, readonly string[]>> = { '@vercel/ncc': ['dist/ncc/LICENSES.txt'] };

/** Names that were used before SPDX had its own. */
const oldNames: Readonly<Record<string, string>> = { 'MIT/X11': 'MIT', 'LGPL-3.0+': 'LGPL-3.0-or-later' };

export interface Undeclared {
  readonly licence: 'ISC' | 'MIT';
  readonly copyright: string;
  /** Where that is written. */
  readonly source: string;
}

/**
 * Packages without a file that holds their licence, each looked at by hand; another version has to be looked at again. The texts of
 * these licences are the same for all but the copyright line.
 */
const withoutFile: Readonly<Record<string, Undeclared>> = {
  '@npmcli/agent 5.0.2': { licence: 'ISC', copyright: 'Copyright (c) GitHub Inc.', source: 'package.json' },
  '@nodable/entities 3.1.0': { licence: 'MIT', copyright: 'Copyright (c) Amit Gupta', source: 'package.json, README.md' },
  'binary 0.3.0': { licence: 'MIT', copyright: 'Copyright (c) James Halliday', source: 'package.json, README.markdown' },
  // Declares nothing. Its author gave the packages around it (binary, chainsaw, traverse) the same licence; GitHub, whose client needs it,
  // lists it as MIT among the licences of actions/download-artifact.
  'buffers 0.1.1': { licence: 'MIT', copyright: 'Copyright (c) James Halliday', source: 'the packages around it by the same author' },
  'chainsaw 0.1.0': { licence: 'MIT', copyright: 'Copyright (c) James Halliday', source: 'package.json' },
  'isarray 1.0.0': { licence: 'MIT', copyright: 'Copyright (c) 2013 Julian Gruber <julian@juliangruber.com>', source: 'README.md' },
  'proxy-agent-negotiate 1.1.0': {
    licence: 'MIT',
    copyright: 'Copyright (c) Nathan Rajlich <nathan@tootallnate.net>',
    source: 'package.json',
  },
};

export const undeclared = (name: string, version: string): Undeclared | undefined => {
  const key = `${name} ${version}`;
  return Object.hasOwn(withoutFile, key) ? withoutFile[key] : undefined;
};

/** What we add to a package's section because its licence asks for more than its own text: a note, and a file in licence-texts. */
export const additionFor = (name: string): { readonly note: string; readonly text: string } | undefined =>
  Object.hasOwn(reviewed, name) ? reviewed[name] : undefined;

/** Relative to the package. */
export const furtherLicenceFiles = (name: string): readonly string[] =>
  (Object.hasOwn(furtherFiles, name) ? furtherFiles[name] : undefined) ?? [];

/**
 * The SPDX expression of a package that may be in a bundle.
 *
 * @param declared what package.json says
 * @throws Error when it says nothing that can be read, or a licence that was not looked at
 */
export function allowedLicence(name: string, declared: unknown): string {
  if (typeof declared !== 'string' || declared === '') throw new Error(`${name} declares no licence`);
  const expression = oldNames[declared] ?? declared.replace(/^\((.*)\)$/, '$1');
  // No package nests them.
  if (/[()]/.test(expression)) throw new Error(`${name}: the licence ${JSON.stringify(declared)} cannot be read`);
  const choices = expression.split(' OR ').map((choice) => choice.split(' AND '));
  const allowed = (licence: string): boolean =>
    permissive.has(licence) || (Object.hasOwn(reviewed, name) && reviewed[name]?.licence === licence);
  if (choices.some((all) => all.every(allowed))) return expression;
  throw new Error(`${name} is under ${expression}, which nobody has allowed`);
}

/** The text of a licence below a copyright line. */
export const licenceText = ({ licence, copyright }: Undeclared): string => texts[licence].replace('COPYRIGHT', copyright);

const texts = {
  ISC: `ISC License

COPYRIGHT

Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY
AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM
LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR
PERFORMANCE OF THIS SOFTWARE.`,
  MIT: `MIT License

COPYRIGHT

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`,
} as const;
