import { inertLine } from '@release-kit/action';
import type { ManifestFile } from '@release-kit/manifest';
import type { Skipped } from './lint-result.ts';
import { maintainerScripts } from './maintainer-script.ts';
import type { SideTool, Subject } from './side-report.ts';
import { isUnitName } from './unit-file.ts';

type FileTool = Exclude<SideTool, 'blhc'>;

/** What each tool looks at, below the folder of a package: Desktop Menu and Autostart Specification, AppStream 2.1, systemd.unit(5). */
const looksAt: Readonly<Record<FileTool, RegExp>> = {
  'desktop-file-validate': /^data\/(?:usr\/share\/applications|etc\/xdg\/autostart)\/.+\.desktop$/s,
  appstreamcli: /^data\/usr\/share\/(?:metainfo|appdata)\/[^/]+\.(?:metainfo|appdata)\.xml$/s,
  shellcheck: new RegExp(`^control/(?:${maintainerScripts.join('|')})$`),
  'systemd-analyze': /^data\/(?:usr\/)?lib\/systemd\/system\/[^/]+\.[a-z]+$/s,
};

/** How a person calls them. */
const what: Readonly<Record<FileTool, string>> = {
  'desktop-file-validate': 'a desktop entry',
  appstreamcli: 'AppStream metainfo',
  shellcheck: 'a maintainer script',
  'systemd-analyze': 'a unit of systemd',
};

/** The expression of find(1) that lists candidates; what they are is decided by `subjectsOf`. */
export const findCandidates = [
  ['-path', './*/control/*'],
  ['-path', './*/data/usr/share/applications/*.desktop'],
  ['-path', './*/data/etc/xdg/autostart/*.desktop'],
  ['-path', './*/data/usr/share/metainfo/*.xml'],
  ['-path', './*/data/usr/share/appdata/*.xml'],
  ['-path', './*/data/lib/systemd/system/*'],
  ['-path', './*/data/usr/lib/systemd/system/*'],
].flatMap((test, index) => (index === 0 ? test : ['-o', ...test]));

/** A package with ten thousand units is an attack on the time of the run. */
const most = 1000;

export interface SideSubjects {
  readonly subjects: readonly Subject[];
  readonly skipped: readonly Skipped[];
}

/**
 * Which of the unpacked files a tool is given, in order. Names that no tool can be given safely, or that cannot be told apart in its
 * output, are skipped, and so is a tool that finds nothing to look at.
 *
 * @param listing paths such as `0/data/usr/share/applications/x.desktop`; the first part is the index of the package
 */
export function subjectsOf(tool: FileTool, listing: readonly string[], packages: readonly ManifestFile[]): SideSubjects {
  const subjects: Subject[] = [];
  const skipped: Skipped[] = [];
  for (const name of [...listing].sort()) {
    const [, index = '', path = ''] = /^(\d+)\/(.+)$/s.exec(name) ?? [];
    const owner = packages[Number(index)];
    if (owner === undefined || !looksAt[tool].test(path)) continue;
    const odd = oddness(tool, name);
    if (odd !== undefined) {
      skipped.push({ what: tool, reason: inertLine(`${path.slice(path.indexOf('/') + 1)} of ${owner.path} ${odd}`) });
      continue;
    }
    const inside = path.startsWith('control/') ? 'control' : 'installed';
    subjects.push({
      file: owner.path,
      package: owner.package,
      type: owner.kind === 'udeb' ? 'udeb' : 'binary',
      index: inside,
      path: path.slice(path.indexOf('/') + 1),
      name,
    });
  }
  if (subjects.length > most) skipped.push({ what: tool, reason: `${subjects.length - most} files beyond the first ${most}` });
  if (subjects.length === 0 && skipped.length === 0) skipped.push({ what: tool, reason: `no package has ${what[tool]}` });
  return { subjects: subjects.slice(0, most), skipped };
}

function oddness(tool: FileTool, name: string): string | undefined {
  if (/[\u0000-\u001f\u007f\ufffd]/.test(name)) return 'has a name with control characters or bytes that are no UTF-8';
  if (tool === 'systemd-analyze' && !isUnitName(name.slice(name.lastIndexOf('/') + 1))) return 'is not named like a unit';
  return undefined;
}
