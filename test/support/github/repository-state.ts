import type { FakeAttestation } from './attestations.ts';
import type { FakeCheckRun } from './check-runs.ts';
import type { FakeSarif } from './code-scanning.ts';
import { type FakeGitData, fakeGitData } from './git-data.ts';
import { type FakePulls, fakePulls } from './pull-requests.ts';
import type { FakeRelease } from './releases.ts';
import type { FakeRuleset } from './ruleset-routes.ts';

/** What an owner sets for a repository. */
export interface FakeSettings {
  /** Whether releases freeze when they are published, and whether the organization wants it so. */
  immutableReleases: boolean;
  immutableByOwner: boolean;
  readonly defaultBranch: string;
  /** Whether the plan of the owner has them for this repository. */
  attestations: boolean;
}

export interface FakeTagObject {
  readonly tag: string;
  readonly message: string;
  /** The commit. */
  readonly object: string;
}

/** All that the stand-in keeps of its one repository. */
export interface RepositoryState {
  /** `owner/name` */
  readonly repository: string;
  readonly releases: FakeRelease[];
  /** Tags that had an immutable release: their names are never free again. */
  readonly burned: Set<string>;
  readonly checks: FakeCheckRun[];
  readonly sarifs: FakeSarif[];
  readonly attestations: FakeAttestation[];
  readonly rulesets: FakeRuleset[];
  readonly git: FakeGitData;
  /** Annotated tags by their own SHA. */
  readonly tagObjects: Map<string, FakeTagObject>;
  readonly pulls: FakePulls;
  readonly settings: FakeSettings;
  newId(): number;
}

export function repositoryState(repository: string): RepositoryState {
  const git = fakeGitData();
  let lastId = 100;
  return {
    repository,
    releases: [],
    burned: new Set(),
    checks: [],
    sarifs: [],
    attestations: [],
    rulesets: [],
    git,
    tagObjects: new Map(),
    pulls: fakePulls(repository.replace(/\/.*$/, ''), git),
    settings: { immutableReleases: false, immutableByOwner: false, defaultBranch: 'main', attestations: true },
    newId: () => {
      lastId += 1;
      return lastId;
    },
  };
}

/** A release with what is given, as somebody makes it on the page. */
export function addRelease(state: RepositoryState, given: Partial<FakeRelease>): FakeRelease {
  const release: FakeRelease = {
    id: state.newId(),
    tag: 'v0.0.1',
    title: null,
    body: null,
    commit: state.settings.defaultBranch,
    draft: true,
    prerelease: false,
    immutable: false,
    assets: [],
    ...given,
  };
  state.releases.push(release);
  return release;
}

/** The commit that a tag names, through an annotated one. */
export function taggedCommit({ git, tagObjects }: RepositoryState, tag: string): string | undefined {
  const sha = git.references.get(`tags/${tag}`);
  return sha === undefined ? undefined : (tagObjects.get(sha)?.object ?? sha);
}
