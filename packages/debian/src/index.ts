export { type BuildPhase, buildPhases, phaseAfter } from './build-phase.ts';
export { type BuildCategory, type BuildProblem, type FailureId, type FoundProblem, findBuildProblem } from './build-problem.ts';
export { type FileSums, withChangedSums } from './changed-sums.ts';
export { type ChangelogEntry, type ChangelogOptions, parseChangelog } from './changelog.ts';
export type { NewChange } from './changelog-change.ts';
export { type ChangelogDocument, changelogBytes, type DocumentEntry, type DocumentTrailer, readChangelog } from './changelog-document.ts';
export { formatChangelogEntry, type NewChangelogEntry } from './changelog-entry.ts';
export { insertEntry, type ReleaseEntry } from './changelog-insert.ts';
export { debianVersionAfter } from './changelog-version.ts';
export {
  buildRelations,
  type Changes,
  type FileListing,
  parseBuildinfo,
  parseChanges,
  parseDsc,
  type SourceListing,
} from './changes.ts';
export { readClearSigned, type SignedText } from './clear-signed.ts';
export { type CompilerMessage, findCompilerMessages } from './compiler-message.ts';
export { parseControl, type SourceControl } from './control.ts';
export { type ArchiveMember, type DebArchive, readDebArchive } from './deb-archive.ts';
export { type Deb822Options, type Field, type Paragraph, parseDeb822 } from './deb822.ts';
export { conventionalFiles, type Owner, packagingFiles } from './dh-convention.ts';
export { docsEntries, examplesEntries, infoEntries, manpagesEntries } from './dh-documents.ts';
export { type DhEntry, type DhMatch, matchEntry, plainPath } from './dh-entry.ts';
export { dirsEntries, linksEntries } from './dh-folders.ts';
export { fitsGlob } from './dh-glob.ts';
export { installEntries } from './dh-install.ts';
export { type DhLine, parseDhList } from './dh-list.ts';
export { type Distribution, distributionNames, parseDistribution } from './distribution.ts';
export { type ElfFile, parseElfReport } from './elf-report.ts';
export type { ListedFile } from './file-table.ts';
export { buildCategories, type KnownFailure, knownFailure, knownFailures } from './known-failure.ts';
export { type Hint, type HintType, type LintianFile, type LintianReport, type Pointer, type Severity, severities } from './lintian.ts';
export { parseLintianJson } from './lintian-json.ts';
export { parseTagFacts, renamedTags, type TagFacts, withTagFacts } from './lintian-tags.ts';
export { parseLintianText } from './lintian-text.ts';
export { type PackageEntry, parsePackageEntries } from './package-entry.ts';
export { checkPackageFields, type PackageFields } from './package-fields.ts';
export { type DebianFile, findPackagingMessages, type PackagingMessage, packagingPlace } from './packaging-message.ts';
export { type FilePatch, type Hunk, type HunkLine, parsePatch, parseSeries } from './patch-file.ts';
export { fulfils, parseRelations, type Relation, type RelationTarget } from './relation.ts';
export { debianVersionOf, parseTag, type ReleaseTag } from './tag.ts';
export { type TreeSearch, treeSearch } from './tree-place.ts';
export { compareVersions, type DebianVersion, parseVersion } from './version.ts';
