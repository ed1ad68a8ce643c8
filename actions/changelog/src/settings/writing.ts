import { join, relative } from 'node:path';
import { type InputsOf, inertLine, isInside, UserError } from '@release-kit/action';
import type { AnnouncementForm, ChangelogFiles, Config, DebianUrgency } from '@release-kit/config';
import type { spec } from '../spec.ts';
import { refuseIdle } from './idle-inputs.ts';

/** What is to be written, and how. Paths are absolute; undefined: not asked for. */
export interface Writing {
  readonly output: string | undefined;
  readonly changelog: string | undefined;
  readonly debianChangelog: string | undefined;
  readonly appstream: string | undefined;
  readonly json: string | undefined;
  readonly migrationGuide: string | undefined;
  /** Versions that the guide leads from and to; undefined: this release and the one before it. */
  readonly migration: { readonly from: string | undefined; readonly to: string | undefined };
  /** Changelog and JSON have the whole history. */
  readonly full: boolean;
  readonly debian: DebianWriting;
  readonly announcement: AnnouncementWriting | undefined;
}

export interface DebianWriting {
  /** undefined: as the newest release has it. */
  readonly distribution: string | undefined;
  /** undefined: by what the commits say. */
  readonly urgency: DebianUrgency | undefined;
  /** `Name <address>`; undefined: by the environment, or as the newest entry has it. */
  readonly maintainer: string | undefined;
  /** Which numbers of closing footers are Debian's bugs. */
  readonly closes: 'large' | 'all' | 'none';
}

export interface AnnouncementWriting {
  readonly form: AnnouncementForm;
  readonly file: string | undefined;
  /** Of the title: text of a template; undefined: ours. */
  readonly title: string | undefined;
  /** File with the template of the body; undefined: ours. */
  readonly template: string | undefined;
}

export interface ProjectFolders {
  /** Folder that paths of the configuration are relative to, absolute. */
  readonly root: string;
  /** Of the package. */
  readonly folder: string;
  /** Of the package, relative to its folder. */
  readonly files: ChangelogFiles;
}

/**
 * The files that inputs name; where a release is prepared (modes bump and pull-request), also those of the configuration, so that telling of a release
 * changes nothing in a checkout that nobody asked for. Throws E_INPUT for inputs that mean nothing without another one.
 */
export function writingOf(inputs: InputsOf<typeof spec>, { changelog }: Config, { root, folder, files }: ProjectFolders): Writing {
  const prepares = inputs.mode === 'bump' || inputs.mode === 'pull-request';
  const configured = (path: string | undefined) => (prepares && path !== undefined ? ownFile(root, join(folder, path)) : undefined);
  const writing: Writing = {
    output: inputs.output,
    changelog: inputs.changelog ?? configured(files.changelog),
    debianChangelog: inputs.debianChangelog ?? configured(files.debianChangelog),
    appstream: inputs.appstream ?? configured(files.appstream),
    json: inputs.json ?? configured(files.json),
    migrationGuide: inputs.migrationGuide,
    migration: { from: inputs.migrateFrom, to: inputs.migrateTo },
    full: inputs.full,
    debian: {
      distribution: inputs.distribution ?? changelog.debian.distribution,
      urgency: inputs.urgency ?? changelog.debian.urgency,
      maintainer: inputs.maintainer ?? changelog.debian.maintainer,
      closes: changelog.debian.closes,
    },
    announcement: announcementOf(inputs, changelog, root),
  };
  refuseIdle(inputs, writing);
  return writing;
}

/** What a configuration names is in the repository, also behind links whose target is still missing: whoever wrote one may have written both. */
function ownFile(root: string, path: string): string {
  if (isInside(root, path)) return path;
  throw new UserError(
    'E_PATH',
    `${inertLine(relative(root, path))} of changelog.files leads out of the repository, and nothing there is changed`,
  );
}

function announcementOf(
  { announcement: form, announcementFile, template }: InputsOf<typeof spec>,
  { announcements: { templates } }: Config['changelog'],
  root: string,
): AnnouncementWriting | undefined {
  if (form === undefined) return undefined;
  const own = templates[form];
  return { form, file: announcementFile, title: own?.title, template: template ?? (own?.body && join(root, own.body)) };
}
