import { boolean, defineAction, jobTokenInput, list, oneOf, path, problemOutput, text, writtenPath } from '@release-kit/action';
import { configInput } from '@release-kit/config';

const commit = { pattern: /^(?!-)[^\s\0]{1,255}$/, patternText: 'a commit, branch or tag that does not start with -' } as const;
const branch = {
  pattern: /^(?![-/.])(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)|[/.]$))[^\s\0~^:?*[\\]{1,200}$/,
  patternText: 'the name of a branch',
} as const;

export const spec = defineAction({
  name: 'changelog',
  description: 'Works out the next version from the commits, and writes release notes, changelogs and announcements.',
  inputs: {
    mode: oneOf({
      values: ['notes', 'check', 'bump', 'pull-request'],
      default: 'notes',
      description:
        'notes: say what the next release is and write the files that inputs name; check: read the title and the commits of a pull request; bump: write the next version into the files that hold one; pull-request: keep a pull request open that makes the next release.',
    }),
    source: path({ default: '.', mustExist: true, anywhere: true, description: 'Folder inside the git checkout.' }),
    config: configInput('Configuration file; its changelog section says what the project has decided once.'),
    to: text({
      ...commit,
      default: 'HEAD',
      description: 'Newest commit of the notes; a release tag names the version as well.',
    }),
    from: text({
      ...commit,
      optional: true,
      defaultText: 'the baseline of the version',
      description: 'Tag or commit to compare with.',
    }),
    tags: text({
      optional: true,
      defaultText: 'from the configuration, else v*',
      description: 'What release tags look like, with one * where the version stands, such as v* or server/v*.',
    }),
    package: text({
      optional: true,
      defaultText: 'the repository is one package',
      description: 'Name of a package of the configuration, whose commits, tags and files count.',
    }),
    pre: text({
      optional: true,
      pattern: /^[A-Za-z][A-Za-z-]{0,30}$/,
      patternText: 'a word of letters such as rc',
      defaultText: 'a stable version',
      description: 'Channel of a pre-release: rc gives 1.3.0-rc.1, then 1.3.0-rc.2.',
    }),
    promote: boolean({ default: false, description: 'Make the newest pre-release the stable version.' }),
    version: text({
      optional: true,
      defaultText: 'from the commits',
      description: 'The next version, named by a person; it counts whatever the commits ask for.',
    }),
    'version-file': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'from the configuration, else none',
      description: 'File that names the next version; while it holds that of the last release it names none.',
    }),
    full: boolean({ default: false, description: 'The changelog and the JSON hold the whole history, not only this release.' }),
    output: writtenPath('Write the notes to this Markdown file.'),
    changelog: writtenPath('Put a section for this release into this CHANGELOG.md; the rest of the file stays as it is.'),
    'debian-changelog': writtenPath('Put an entry for this release on top of this debian/changelog.'),
    distribution: text({
      optional: true,
      pattern: /^[A-Za-z][A-Za-z0-9.+~-]{0,49}$/,
      patternText: 'the name of a distribution such as unstable',
      defaultText: 'from the configuration, else as the entry before has it, else unstable',
      description: 'Distribution of the entry of debian/changelog.',
    }),
    urgency: oneOf({
      values: ['low', 'medium', 'high', 'emergency', 'critical'],
      optional: true,
      defaultText: 'from the configuration, else high when a commit is about security, else medium',
      description: 'Urgency of the entry of debian/changelog.',
    }),
    maintainer: text({
      optional: true,
      pattern: /^[^<>\p{Cc}]{1,200} <[^<>\s\p{Cc}]{1,200}>$/u,
      patternText: 'Name <address>',
      defaultText: 'from the configuration, else DEBFULLNAME and DEBEMAIL, else as the newest entry has it',
      description: 'Who signs the entry of debian/changelog.',
    }),
    appstream: writtenPath('Put a release into this AppStream metadata file (*.metainfo.xml).'),
    json: writtenPath('Write the release to this file as JSON, in the form of changelog.schema.json.'),
    'migration-guide': writtenPath('Write what breaks, and what to do about it, to this Markdown file.'),
    'migrate-from': text({
      optional: true,
      defaultText: 'the release compared with',
      description: 'Version that the migration guide begins at, such as 1.4.',
    }),
    'migrate-to': text({ optional: true, defaultText: 'this release', description: 'Version that it leads to, such as 3.0.' }),
    announcement: oneOf({
      values: ['issue', 'discussion', 'chat', 'mail'],
      optional: true,
      defaultText: 'none',
      description: 'Make the text that tells people of the release, for this place.',
    }),
    'announcement-file': writtenPath('Write it to this file; the first line is its title.'),
    template: path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'from the configuration, else ours',
      description: 'Liquid template of its body.',
    }),
    squashes: oneOf({
      values: ['title', 'expand'],
      optional: true,
      defaultText: 'from the configuration, else title',
      description: 'What a squashed pull request counts as: its title, or each change in its list.',
    }),
    'pull-request-titles': boolean({
      default: false,
      description:
        'List commits without a known type by the titles of their pull requests, which are asked of GitHub; the configuration may say so as well.',
    }),
    'first-timers': boolean({
      default: false,
      description: 'Say whose first contribution it is, for which the whole history is read; the configuration may say so as well.',
    }),
    'bump-files': list({
      default: [],
      defaultText: 'from the configuration, else those that hold a version by habit',
      description: 'Files that get the next version, one per line, relative to the folder of the package.',
    }),
    'fail-on': oneOf({
      values: ['auto', 'error', 'warning', 'never'],
      default: 'auto',
      description:
        'What makes a check fail; auto: errors, in a repository whose newest commits are mostly conventional, while others are told nothing.',
    }),
    messages: oneOf({
      values: ['auto', 'title', 'commits', 'both'],
      default: 'auto',
      description:
        'What a check looks at; auto: what the ways of merging that the repository allows bring into the history, as the event of the run says.',
    }),
    'message-file': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'the pull request, or the commits that the branch has and base has not',
      description: 'Check the message in this file alone, as a commit-msg hook of git gets it.',
    }),
    'dry-run': boolean({
      default: false,
      description: 'Only for the modes bump and pull-request: say what would change, and write nothing.',
    }),
    branch: text({
      ...branch,
      optional: true,
      defaultText: 'release-kit/ and base, with the name of the package behind it',
      description: 'Branch of the pull request that makes the release.',
    }),
    base: text({
      ...branch,
      optional: true,
      defaultText: 'the branch that the run is on',
      description: 'Branch that the pull request is merged into; outside of a pull request also what a check compares with.',
    }),
    token: jobTokenInput('Token that reads titles and opens the pull request; notes, check and bump work without one.'),
  },
  renamed: { 'tag-prefix': 'tags' },
  outputs: {
    version: { description: 'Next version, for example 1.3.0.' },
    previous: { description: 'Tag compared with; empty for a first release.' },
    bump: { description: 'major, minor, patch, none, or initial.' },
    notes: {
      description:
        'The notes, GitHub Markdown, cut by whole entries to what the body of a release and a variable may have; the file of output may hold more.',
    },
    reason: { description: 'Why it is this version and this comparison, a line each.' },
    tag: { description: 'Name of the tag of this release, such as v1.3.0.' },
    released: { description: 'true when something asks for a release, else false.' },
    changed: { description: 'Files that were written and are not as before, a line each, relative to the workspace.' },
    announcement: { description: 'The announcement, its title on the first line; empty when none was asked for.' },
    'pull-request': { description: 'Number of the pull request that makes the release; empty when there is none.' },
    problems: { description: 'How many problems a check found; empty in other modes.' },
    problem: problemOutput,
  },
  permissions: [
    { permission: 'contents: read', reason: 'to read the history; check out with fetch-depth: 0, or let it be deepened' },
    { permission: 'contents: write', reason: 'only for mode pull-request: to push its branch' },
    { permission: 'pull-requests: read', reason: 'only for pull-request-titles: to read them' },
    { permission: 'pull-requests: write', reason: 'only for mode pull-request: to open and change it' },
  ],
  errors: [
    'E_INPUT',
    'E_FORK',
    'E_HOST',
    'E_PATH',
    'E_CONFIG',
    'E_GIT',
    'E_TAG',
    'E_VERSION',
    'E_HISTORY',
    'E_CHANGELOG',
    'E_CHANGELOG_FILE',
    'E_BUMP',
    'E_MESSAGE',
    'E_TOOL_MISSING',
    'E_TOKEN',
    'E_GITHUB',
    'E_RATE',
  ],
});
