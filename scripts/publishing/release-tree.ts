import { releasedBill } from '../building/sbom.ts';
import { type BuiltTree, type Files, sorted } from './built-tree.ts';
import { descriptionIn, frontPage } from './front-page.ts';
import { type Home, type Pin, pinnedText, publishedPage } from './references.ts';
import { callersRef, type ReleaseVersion } from './version.ts';

export interface ReleaseSources {
  readonly built: BuiltTree;
  /** File name -> text of the public workflows. */
  readonly workflows: ReadonlyMap<string, string>;
  readonly repository: string;
  readonly version: ReleaseVersion;
  /** The commit that was built. */
  readonly source: string;
}

/** What the first commit holds: everything that names no commit of ours. */
export function actionFiles({ built, repository, version, source }: ReleaseSources): Files {
  const home: Home = { repository, actions: built.actions };
  return sorted(
    new Map(
      [...built.files].map(([path, bytes]) => {
        if (path.endsWith('/README.md')) return [path, Buffer.from(publishedPage(bytes.toString(), home, source, callersRef(version)))];
        if (path === 'sbom.cdx.json') return [path, Buffer.from(releasedBill(bytes.toString(), repository, version.tag))];
        return [path, bytes];
      }),
    ),
  );
}

/**
 * What the second commit adds: everything that names the first one. A commit cannot name itself, so the actions come first; whoever pins
 * the second has pinned all.
 *
 * @throws Refusal reference
 */
export function pinningFiles({ built, workflows, repository, version, source }: ReleaseSources, actionsCommit: string): Files {
  const home: Home = { repository, actions: built.actions };
  const pin: Pin = { commit: actionsCommit, tag: version.tag };
  const descriptions = new Map(
    built.actions.map((name) => [name, descriptionIn((built.files.get(`${name}/action.yml`) ?? '').toString()) ?? ''] as const),
  );
  const page = frontPage({ home, actions: pin, source, descriptions, workflows: [...workflows.keys()].sort() });
  return sorted(
    new Map([
      ['README.md', Buffer.from(page)],
      ['action.yml', Buffer.from(pinnedText('action.yml', built.pipeline, home, pin))],
      ...[...workflows].map(
        ([file, text]) => [`.github/workflows/${file}`, Buffer.from(pinnedText(`.github/workflows/${file}`, text, home, pin))] as const,
      ),
    ]),
  );
}
