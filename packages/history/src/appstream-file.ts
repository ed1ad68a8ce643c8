import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import semver from 'semver';
import { appstreamRelease, appstreamVersion, indent } from './appstream-release.ts';
import type { ChangelogFile } from './changelog-file.ts';
import type { NotesStyle } from './notes-style.ts';
import type { Release } from './release.ts';
import { type XmlTag, xmlTags } from './xml-tag.ts';

/**
 * An AppStream metadata file (`*.metainfo.xml`) with a release among the others, newest first; every other byte stays, and indentation
 * follows the file. A release that is there already stays as it is when it says the same. Throws E_CHANGELOG_FILE by line for a release
 * of this version that says something else, for releases kept in a file of their own, and for what is no such file.
 */
export function insertAppstream(file: ChangelogFile, release: Release, style: NotesStyle, address: string | undefined): string {
  const { version } = release;
  if (version === undefined)
    throw new UserError('E_INPUT', `${inertLine(release.name)} has no version, so it has no place in ${inertLine(file.path)}`);
  const { text } = file;
  const parts = partsOf(file);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const outer = indentation(text, parts.list?.start ?? parts.child?.start) ?? '  ';
  const unit = outer === '' ? '  ' : outer;
  const inner = indentation(text, parts.releases[0]?.start) ?? outer + unit;
  const element = appstreamRelease(version, release, style, address, unit)
    .map((line, index) => (index === 0 ? line : inner + line))
    .join(lineEnd);

  const same = parts.releases.find((each) => each.version === appstreamVersion(version) || each.version === version);
  if (same !== undefined) {
    if (text.slice(same.start, same.end) === element) return text;
    throw refusal(file, same.start, `a release ${inertLine(version)} that says something else`);
  }
  const { list } = parts;
  if (list === undefined) {
    const lines = indent(['<releases>', `${unit}${element}`, '</releases>'], outer).join(lineEnd);
    return put(text, lineStart(text, parts.end), `${lines}${lineEnd}`);
  }
  if (list.kind === 'empty') {
    const body = `${lineEnd}${inner}${element}${lineEnd}${outer}`;
    return `${text.slice(0, list.start)}${text.slice(list.start, list.end).replace(/\s*\/>$/, '>')}${body}</releases>${text.slice(list.end)}`;
  }
  const next = parts.releases.findIndex((each) => isLower(each.version, version));
  const target = parts.releases[next];
  if (next > 0 && target !== undefined) return put(text, target.start, `${element}${lineEnd}${inner}`);
  const last = next === -1 ? parts.releases.at(-1)?.end : undefined;
  const closing = parts.releases.length === 0 && /^[^\S\n]*</.test(text.slice(list.end, list.end + 200)) ? `${lineEnd}${outer}` : '';
  return put(text, last ?? list.end, `${lineEnd}${inner}${element}${closing}`);
}

interface Parts {
  /** The tag that opens `<releases>`, or is all of it. */
  readonly list: XmlTag | undefined;
  readonly releases: readonly { readonly version: string; readonly start: number; readonly end: number }[];
  /** First element inside of the component. */
  readonly child: XmlTag | undefined;
  /** Of `</component>`. */
  readonly end: number;
}

function partsOf(file: ChangelogFile): Parts {
  const { tags, fault } = xmlTags(file.text);
  if (fault !== undefined) throw refusal(file, fault.offset, `no well-formed XML: ${inertLine(fault.problem)}`);
  const root = tags[0];
  if (root?.kind !== 'open' || root.name !== 'component') throw refusal(file, root?.start ?? 0, 'no AppStream component');
  const releases: { version: string; start: number; end: number }[] = [];
  const path: string[] = [];
  let [list, child]: [XmlTag | undefined, XmlTag | undefined] = [undefined, undefined];
  let opened: XmlTag | undefined;
  for (const tag of tags) {
    if (tag.kind === 'close') path.pop();
    const where = path.join('/');
    if (tag.kind !== 'close' && where === 'component') child ??= tag;
    if (tag.kind !== 'close' && where === 'component' && tag.name === 'releases') list ??= tag;
    if (where === 'component/releases' && tag.name === 'release') {
      const start = tag.kind === 'close' ? opened : tag;
      if (tag.kind === 'open') opened = tag;
      else releases.push({ version: start?.attributes.get('version') ?? '', start: start?.start ?? tag.start, end: tag.end });
    }
    if (tag.kind === 'open') path.push(tag.name);
  }
  if (list?.attributes.get('type') === 'external') throw refusal(file, list.start, 'its releases in another file');
  return { list, releases, child, end: tags.at(-1)?.start ?? file.text.length };
}

/** Blanks between the start of a line and an element; undefined when something else stands there, or there is no element. */
function indentation(text: string, offset: number | undefined): string | undefined {
  if (offset === undefined) return undefined;
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** Start of an element's line when only blanks stand before it, else the element itself. */
function lineStart(text: string, offset: number): number {
  return offset - (indentation(text, offset) ?? '').length;
}

function put(text: string, offset: number, what: string): string {
  return text.slice(0, offset) + what + text.slice(offset);
}

/** By precedence; what is no semantic version is taken for older. */
function isLower(other: string, version: string): boolean {
  const known = semver.parse(other.replace('~', '-'));
  return known === null || semver.lt(known, version);
}

function refusal({ path, text }: ChangelogFile, offset: number, what: string): UserError {
  const line = text.slice(0, offset).split('\n').length;
  return new UserError('E_CHANGELOG_FILE', `${inertLine(path)} has ${what}`, { place: { file: path, line } });
}
