/** Chapters of the Debian Policy Manual and the pages that hold them. */
const policyPages: Readonly<Record<string, string>> = {
  1: 'ch-scope',
  2: 'ch-archive',
  3: 'ch-binary',
  4: 'ch-source',
  5: 'ch-controlfields',
  6: 'ch-maintainerscripts',
  7: 'ch-relationships',
  8: 'ch-sharedlibs',
  9: 'ch-opersys',
  10: 'ch-files',
  11: 'ch-customized-programs',
  12: 'ch-docs',
};

const forms: readonly RegExp[] = [
  /^https?:\/\/[^\s,]+/,
  /^(?:Ubuntu )?Bug#\d+/,
  /^the [\w.@:+-]+\(\w+\) manual page/,
  /^(?:Section|Chapter) [\d.]+ of the [^,]+?(?=,| and |$)/,
  // lintian 2.114.
  /^[A-Z][\w.' -]*? (?:section|chapter) [\d.]*\d/,
  /^Filesystem Hierarchy Standard/,
  /^\/?usr\/share\/[^\s,]+/,
  // Titles hold commas and the word "and"; what ends them is the number.
  /^.+? \((?:Section|Chapter|Appendix) [\w.-]+\) in (?:the )?[^,]+?(?=,| and |$)/,
];

/** `Scripts (Section 10.4) in the Debian Policy Manual, Bug#1 and the deb(5) manual page` -> its three parts, as they are written. */
export function splitReferences(text: string): readonly string[] {
  const found: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const form = forms.map((one) => one.exec(rest)?.[0]).find((match) => match !== undefined);
    const taken = form ?? rest;
    found.push(taken);
    rest = rest.slice(taken.length).replace(/^(?:,? and |, ?| )/, '');
  }
  return found;
}

/** A reference in few words: `Debian Policy 10.4, Scripts`. */
export function referenceWords(reference: string): string {
  const policy = policySection(reference);
  if (policy === undefined) return reference;
  return `Debian Policy ${policy.number}${policy.title === undefined ? '' : `, ${policy.title}`}`;
}

/** The public page of a reference; undefined where lintian's text does not say enough to know it. */
export function referenceLink(reference: string): string | undefined {
  if (/^https?:\/\/\S+$/.test(reference)) return reference;
  const bug = /^(Ubuntu )?Bug#(\d+)$/.exec(reference);
  if (bug !== null) return `${bug[1] === undefined ? 'https://bugs.debian.org/' : 'https://bugs.launchpad.net/bugs/'}${bug[2]}`;
  const manual = /^the ([\w.@:+-]+)\((\w+)\) manual page$/.exec(reference);
  if (manual !== null) return `https://manpages.debian.org/${manual[1]}.${manual[2]}`;
  const policy = policySection(reference);
  const page = policy === undefined ? undefined : policyPages[policy.number.split('.')[0] ?? ''];
  if (policy === undefined || page === undefined) return undefined;
  const anchor = policy.title !== undefined && policy.number.includes('.') ? `#${anchorOf(policy.title)}` : '';
  return `https://www.debian.org/doc/debian-policy/${page}.html${anchor}`;
}

function policySection(reference: string): { readonly number: string; readonly title: string | undefined } | undefined {
  const titled = /^(.+) \((?:Section|Chapter) ([\d.]+)\) in the Debian Policy Manual$/.exec(reference);
  const number = titled?.[2] ?? /^Debian Policy Manual section ([\d.]*\d)$/.exec(reference)?.[1];
  return number === undefined ? undefined : { number, title: titled?.[1] };
}

/** As Sphinx makes the anchor of a title: of 217 titles in Debian Policy 4.6.2 all but two, which only miss the place on their page. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
