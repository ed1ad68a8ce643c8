import { announcementTemplates } from './announcement-templates.ts';
import type { ParsedCommit } from './commit.ts';
import { isBot } from './contributors.ts';
import { oneLine } from './inert-commit.ts';
import { compareAddress, notesOf } from './notes.ts';
import type { NotesStyle } from './notes-style.ts';
import type { Release } from './release.ts';
import { dateOf } from './release-date.ts';
import { renderTemplate, type Template, type TemplateData, type TemplateFormat } from './template.ts';

export type AnnouncementKind = 'issue' | 'discussion' | 'chat' | 'mail';

export interface AnnouncementRequest {
  readonly project: string;
  readonly release: Release;
  readonly style: NotesStyle;
  /** Page of the release; undefined when there is none. Not inert: it comes from us. */
  readonly address: string | undefined;
  /** In place of ours. */
  readonly templates?: Partial<AnnouncementTemplates>;
}

export interface AnnouncementTemplates {
  readonly title: Template;
  readonly body: Template;
}

export interface Announcement {
  /** One line; of mail the subject. '' of chat unless a template says otherwise. */
  readonly title: string;
  readonly body: string;
}

const formats: Readonly<Record<AnnouncementKind, TemplateFormat>> = {
  issue: 'markdown',
  discussion: 'markdown',
  chat: 'chat',
  mail: 'text',
};

/** GitHub takes 65,536 characters in an issue or a discussion; the words around the notes need some. */
const maxNotes = 60_000;

/** What to tell people of a release. The same bytes for the same request; all text of strangers is inert where it goes. */
export async function announcementOf(kind: AnnouncementKind, request: AnnouncementRequest): Promise<Announcement> {
  const own = announcementTemplates[kind];
  const format = formats[kind];
  const data = announcementData(request, format);
  const title = await renderTemplate(request.templates?.title ?? own.title, data, kind === 'chat' ? 'chat' : 'text');
  const body = await renderTemplate(request.templates?.body ?? own.body, data, format);
  return { title: title.replace(/\s+/g, ' ').trim(), body: `${body.trim()}\n` };
}

/** The names that templates of announcements know; docs/templates.md lists them. */
export function announcementData({ project, release, style, address }: AnnouncementRequest, format: TemplateFormat): TemplateData {
  const { commits, contributors, previous } = release;
  const items = (wanted: (commit: ParsedCommit) => boolean): readonly TemplateData[] => commits.filter(wanted).map(itemOf);
  const compare = compareAddress(release, style);
  return {
    project,
    name: release.name,
    version: release.version ?? null,
    date: dateOf(release),
    previous: previous?.name ?? null,
    address: address === undefined ? null : { markup: address },
    compare: compare === '' ? null : { markup: compare },
    count: release.count,
    breaking: items((commit) => commit.breaking !== undefined),
    features: items(({ breaking, type }) => breaking === undefined && (type === 'feat' || type === 'feature')),
    fixes: items(({ breaking, type }) => breaking === undefined && type === 'fix'),
    contributors: contributors
      .filter((each) => !isBot(each))
      .map(({ name, commits: count, isFirst }) => ({ name, commits: count, first: isFirst })),
    notes: format === 'markdown' ? { markup: notesOf(release, style, maxNotes) } : null,
  };
}

function itemOf({ scope, description, breaking, sha }: ParsedCommit): TemplateData {
  const migration = breaking === undefined || breaking === description ? null : oneLine(breaking, 1000);
  return { scope: scope ?? null, text: oneLine(description, 300), migration, sha: sha.slice(0, 7) };
}
