export {
  type Announcement,
  type AnnouncementKind,
  type AnnouncementRequest,
  type AnnouncementTemplates,
  announcementOf,
} from './announcement.ts';
export { insertAppstream } from './appstream-file.ts';
export { type PlacedTag, type ReleaseAssigner, releaseAssigner } from './assign-releases.ts';
export { type Baseline, coreOf, findBaseline } from './baseline.ts';
export { byPullRequest, untitledCommits } from './by-pull-request.ts';
export { changelogJson, jsonChangelogEnd, jsonChangelogStart, jsonRelease } from './changelog-data.ts';
export { type ChangelogFile, insertSection } from './changelog-file.ts';
export { changelogSchema } from './changelog-schema.ts';
export { changelogOf, changelogTitle, sectionOf } from './changelog-section.ts';
export { checkMessage } from './check-message.ts';
export type { Commit, MergeSource, ParsedCommit, RevertTarget, SquashPart } from './commit.ts';
export type { CommitOddity, CommitWarning } from './commit-warning.ts';
export { commitsSince, leadsTo } from './commits-since.ts';
export { authorsOf, contributorKey, contributorsOf, isBot } from './contributors.ts';
export { type DatedCommit, dateOrder, placesOf } from './date-order.ts';
export { type DebianChangesOptions, debianChanges, debianSections, debianUrgency } from './debian-changes.ts';
export { firstReleases } from './first-releases.ts';
export { fixupTarget, withoutFixups } from './fixup.ts';
export { knownTypes, type TypeAliases } from './header.ts';
export { type HistoryNode, needsPaths, nodeReader } from './history-node.ts';
export type { IssueReference } from './issue-reference.ts';
export { type FindInHistory, lastingCommits } from './lasting-commits.ts';
export type { LoggedCommit } from './logged-commit.ts';
export { mergedBy } from './merged-by.ts';
export { splitMessage } from './message.ts';
export { migrationGuide, type VersionRange } from './migration-guide.ts';
export { maxBodyCharacters, notesOf } from './notes.ts';
export { defaultSections, defaultStyle, type NotesSection, type NotesStyle, notesSections } from './notes-style.ts';
export { likelyPatterns, type OverlookedTag, overlookedTags } from './overlooked-tags.ts';
export { type Change, commitsByPackage } from './package-commits.ts';
export { packageTags, type TaggedPackage } from './package-tags.ts';
export { type PackagePlace, type PackageTree, packageTree } from './package-tree.ts';
export { type Grammar, parseCommit } from './parse-commit.ts';
export { type Person, parsePerson } from './person.ts';
export {
  baselineOfPlan,
  greaterThanTag,
  planningStarts,
  planOfTag,
  possibleStarts,
} from './planned-release.ts';
export { type Reading, readCommit } from './read-commit.ts';
export type { Contributor, Release } from './release.ts';
export { byPrecedence, greatestTag, type ReleaseTag, releaseTag } from './release-tag.ts';
export { type HistoryTelling, IncompleteHistory, releasesOf } from './releases-of.ts';
export { githubPatterns, type LinkPatterns, type RepositoryLinks, repositoryLinks } from './repository-links.ts';
export { withoutReverted } from './revert.ts';
export { expandSquash } from './squash.ts';
export { type TagFamily, tagFamily, tagName } from './tag-family.ts';
export { renderTemplate, type Template, type TemplateData, type TemplateFormat, type TemplateValue } from './template.ts';
export { toldTags } from './told-tags.ts';
export { type Bump, bumpBetween, bumpOf } from './version-bump.ts';
export { type OverrideSources, type VersionOverride, versionOverride } from './version-override.ts';
export { newestPreRelease, planVersion, type ReleaseStep, type VersionPlan, type VersionRequest } from './version-plan.ts';
export { askedBy, usualRules, type VersionRules } from './version-rules.ts';
