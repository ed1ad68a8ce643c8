import type {
  AnnouncementConfig,
  AnnouncementForm,
  BumpConfig,
  ChangelogConfig,
  ChangelogFiles,
  ChangelogPackage,
} from './changelog-config.ts';
import type { Config } from './config.ts';
import { distinct, insidePath } from './effective-plan.ts';
import type { RawBump, RawChangelog, RawChangelogFiles } from './raw-changelog.ts';

type PlaceOf = Config['place'];

export const announcementForms: readonly AnnouncementForm[] = ['issue', 'discussion', 'chat', 'mail'];

/** The section with its defaults; what a schema cannot say is checked. Throws E_CONFIG or E_PATH with the place. */
export function changelogConfig(raw: RawChangelog, place: PlaceOf): ChangelogConfig {
  return {
    tags: raw.tags,
    packages: packagesOf(raw, place),
    firstVersion: raw['first-version'] ?? '0.1.0',
    zero: { breaking: raw.zero?.breaking ?? 'minor', feature: raw.zero?.feature ?? 'minor' },
    types: { ...raw.types },
    aliases: { ...raw.aliases },
    sections: raw.sections?.map(({ title, types, hidden = false }) => ({ title, types, hidden })),
    squashes: raw.squashes ?? 'title',
    pullRequestTitles: raw['pull-request-titles'] ?? false,
    contributors: raw.contributors ?? true,
    firstTimers: raw['first-timers'] ?? false,
    links: {
      address: raw.links?.address,
      commit: raw.links?.commit,
      number: raw.links?.number,
      compare: raw.links?.compare,
      history: raw.links?.history,
      release: raw.links?.release,
    },
    versionFile: raw['version-file'] && insidePath(raw['version-file'], 'changelog.version-file', place),
    files: filesOf(raw.files ?? {}, 'changelog.files', place),
    debian: {
      distribution: raw.debian?.distribution,
      urgency: raw.debian?.urgency,
      maintainer: raw.debian?.maintainer,
      closes: raw.debian?.closes ?? 'large',
    },
    bump: bumpOf(raw.bump ?? {}, 'changelog.bump', place),
    announcements: announcementsOf(raw, place),
  };
}

function packagesOf({ packages = [] }: RawChangelog, place: PlaceOf): readonly ChangelogPackage[] {
  const list = packages.map(({ name, path, tags, files, bump }, index): ChangelogPackage => {
    const at = `changelog.packages[${index}]`;
    const folder = insidePath(path, `${at}.path`, place);
    return {
      name,
      path: folder === '.' ? '' : folder,
      tags,
      files: files && filesOf(files, `${at}.files`, place),
      bump: bump && bumpOf(bump, `${at}.bump`, place),
    };
  });
  for (const key of ['name', 'path', 'tags'] as const)
    distinct(
      list.map((each) => each[key]),
      'changelog.packages',
      (path) => place(`${path}.${key}`),
    );
  return list;
}

function filesOf(raw: RawChangelogFiles, name: string, place: PlaceOf): ChangelogFiles {
  const path = (key: keyof RawChangelogFiles) => raw[key] && insidePath(raw[key], `${name}.${key}`, place);
  return { changelog: path('changelog'), debianChangelog: path('debian'), appstream: path('appstream'), json: path('json') };
}

function bumpOf(raw: RawBump, name: string, place: PlaceOf): BumpConfig {
  return {
    files: raw.files?.map((file, index) => insidePath(file, `${name}.files[${index}]`, place)),
    names: raw.names ?? [],
  };
}

function announcementsOf({ announcements = {} }: RawChangelog, place: PlaceOf): AnnouncementConfig {
  const given = announcementForms.flatMap((form) => {
    const template = announcements[form];
    if (template === undefined) return [];
    const body = template.body && insidePath(template.body, `changelog.announcements.${form}.body`, place);
    return [[form, { title: template.title, body }] as const];
  });
  return { project: announcements.project, templates: Object.fromEntries(given) };
}
