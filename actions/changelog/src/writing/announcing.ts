import { open } from 'node:fs/promises';
import { codeOf, type Host, inertLine, UserError } from '@release-kit/action';
import { type Announcement, type AnnouncementTemplates, announcementOf, type Release } from '@release-kit/history';
import type { Settings } from '../settings/settings.ts';
import type { AnnouncementWriting } from '../settings/writing.ts';
import { shownPath } from './target-file.ts';

const maxTemplateBytes = 256 * 1024;

/**
 * What to tell people of a release, by the project's templates where it has some. `address`: the page of the release. Throws E_CONFIG with the line for a
 * template that cannot be used, E_PATH for one that cannot be read.
 */
export async function announce(
  writing: AnnouncementWriting,
  release: Release,
  { project, style, pages, config }: Settings,
  host: Host,
): Promise<Announcement> {
  const templates = await templatesOf(writing, config.place(`changelog.announcements.${writing.form}.title`)?.file, host);
  const address = release.version === undefined ? undefined : pages?.release(release.name);
  return await announcementOf(writing.form, { project, release, style, address, templates });
}

/** A title on the first line, where there is one; a chat has none. */
export function announcementText({ title, body }: Announcement): string {
  return title === '' ? body : `${title}\n\n${body}`;
}

async function templatesOf(
  { title, template }: AnnouncementWriting,
  configFile: string | undefined,
  host: Host,
): Promise<Partial<AnnouncementTemplates>> {
  const body = template === undefined ? undefined : { file: shownPath(template, host), text: await readTemplate(template, host) };
  return {
    ...(title === undefined ? {} : { title: { file: configFile, text: title } }),
    ...(body === undefined ? {} : { body }),
  };
}

async function readTemplate(path: string, host: Host): Promise<string> {
  const shown = shownPath(path, host);
  const place = { file: shown };
  let bytes: Buffer;
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxTemplateBytes + 1), 0, maxTemplateBytes + 1, 0);
    bytes = buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw new UserError('E_PATH', `the template ${inertLine(shown)} cannot be read: ${codeOf(cause) ?? 'it is no file'}`, { place, cause });
  }
  if (bytes.length > maxTemplateBytes)
    throw new UserError('E_CONFIG', `the template ${inertLine(shown)} is larger than ${maxTemplateBytes / 1024} KiB`, { place });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('E_CONFIG', `the template ${inertLine(shown)} is not UTF-8 text`, { place, cause });
  }
}
