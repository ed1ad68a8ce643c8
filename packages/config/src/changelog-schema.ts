import { line, list, object, set } from './schema-parts.ts';

/** What commits may ask for. */
const versionParts = ['none', 'patch', 'minor', 'major'] as const;

const tags = (description: string) =>
  ({
    type: 'string',
    maxLength: 200,
    pattern: '^[A-Za-z0-9@_./-]*\\*[A-Za-z0-9@_./-]*$',
    patternErrorMessage: 'what tags look like, with one * where the version stands, such as v* or server/v*',
    description,
    examples: ['v*', 'server/v*', 'server@*'],
  }) as const;

const files = (description: string) =>
  object(description, {
    changelog: { ...line('CHANGELOG.md, which gets a section.'), examples: ['CHANGELOG.md'] },
    debian: { ...line('debian/changelog, which gets an entry.'), examples: ['debian/changelog'] },
    appstream: { ...line('AppStream metadata, which gets a release.'), examples: ['data/org.example.Hello.metainfo.xml'] },
    json: { ...line('The release as JSON, which is written anew.'), examples: ['release.json'] },
  });

const bump = (description: string) =>
  object(description, {
    files: set(
      line('File, relative to the folder of the package.'),
      200,
      'Files that hold the version. Default: those that do by habit, such as package.json, Cargo.toml, pyproject.toml or meson.build.',
    ),
    names: list(
      line('Name of a package, as its manifest has it.', 214),
      200,
      'Packages of this repository that have the same version: what others require of them follows.',
    ),
  });

const packageOfChangelog = {
  ...object('A package with versions of its own.', {
    name: {
      type: 'string',
      maxLength: 100,
      pattern: '^[A-Za-z0-9@][A-Za-z0-9@._/+-]*$',
      patternErrorMessage: 'a name of letters, digits and @ . _ / + -',
      description: 'Name of the package, for the input package.',
    },
    path: { ...line('Folder of the package; commits that change files below it are its own.'), examples: ['server'] },
    tags: tags('What its release tags look like.'),
    files: files('Files of this package, instead of changelog.files.'),
    bump: bump('Files of this package that hold its version, instead of changelog.bump.'),
  }),
  required: ['name', 'path', 'tags'],
} as const;

const section = {
  ...object('A heading of the notes and what stands below it.', {
    title: line('Its words.', 200),
    types: list(
      {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        pattern: '^[^\\sA-Z\\u0000-\\u001f\\u007f]+$',
        patternErrorMessage: 'a type of commits in lower case, or ! for what breaks, or * for all others',
        description: 'Type of commits in lower case; ! stands for all that breaks, * for what no other section takes.',
        examples: ['feat', '!', '*'],
      } as const,
      50,
      'Types of the commits below it.',
    ),
    hidden: { type: 'boolean', default: false, description: 'Its commits are counted and not listed.' },
  }),
  required: ['title', 'types'],
} as const;

const pattern = (description: string, example: string) => ({ ...line(description, 500), examples: [example] }) as const;

const template = (description: string) =>
  object(description, {
    title: line('Liquid template of the title, or of the subject of a mail.', 1000),
    body: { ...line('File with the Liquid template of the text.'), examples: ['.github/announcement.liquid'] },
  });

/** Words of people, which no object of JavaScript has by itself. */
const words = (description: string, maxLength: number) =>
  ({
    type: 'string',
    minLength: 1,
    maxLength,
    pattern: '^(?!__proto__$)[^\\s(!\\u0000-\\u001f\\u007f]+$',
    patternErrorMessage: 'one word without blanks, ( and !',
    description,
  }) as const;

/** The section `changelog` of release-kit.yml. */
export const changelogSchema = object('How versions, notes and changelogs come from the commits.', {
  tags: { ...tags('What release tags look like, where the repository is one package.'), default: 'v*' },
  packages: set(packageOfChangelog, 500, 'Packages with versions of their own. Default: the repository is one.'),
  'first-version': {
    type: 'string',
    maxLength: 50,
    pattern: '^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$',
    patternErrorMessage: 'three numbers such as 0.1.0',
    default: '0.1.0',
    description: 'Version of the first release.',
  },
  zero: object('What commits raise while the major version is 0.', {
    breaking: { type: 'string', enum: ['minor', 'major'], default: 'minor', description: 'What a breaking change raises.' },
    feature: { type: 'string', enum: ['patch', 'minor'], default: 'minor', description: 'What a feature raises.' },
  }),
  types: {
    type: 'object',
    description: 'Type of commits, in lower case -> what one asks for, where that is not as usual.',
    maxProperties: 100,
    propertyNames: words('Type in lower case.', 100),
    additionalProperties: { type: 'string', enum: versionParts, description: 'What a commit of this type raises.' },
  },
  aliases: {
    type: 'object',
    description: 'Word or picture that stands where the type does -> the type that it counts as.',
    maxProperties: 200,
    propertyNames: words('Word or picture.', 40),
    additionalProperties: words('Type in lower case.', 100),
  },
  sections: set(section, 50, 'Headings of the notes, in their order. Default: the usual ones.'),
  squashes: {
    type: 'string',
    enum: ['title', 'expand'],
    default: 'title',
    description: 'What a squashed pull request counts as: its title, or each change in its list.',
  },
  'pull-request-titles': {
    type: 'boolean',
    default: false,
    description: 'List commits without a known type by the titles of their pull requests, which are asked of GitHub.',
  },
  contributors: { type: 'boolean', default: true, description: 'Name in the notes who wrote commits.' },
  'first-timers': {
    type: 'boolean',
    default: false,
    description: 'Say whose first contribution it is, for which the whole history is read.',
  },
  links: object('Where the links of notes lead. Default: the pages of the repository on GitHub.', {
    address: {
      ...line('Address of the repository; none: notes have no links.', 500),
      examples: ['https://example.org/owner/name', 'none'],
    },
    commit: pattern("What follows it in the address of a commit's page.", '/commit/{sha}'),
    number: pattern('The same of an issue or a pull request.', '/issues/{number}'),
    compare: pattern('The same of a full difference.', '/compare/{from}...{to}'),
    history: pattern('The same of all commits up to a tag.', '/commits/{tag}'),
    release: pattern('The same of the page of a release.', '/releases/tag/{tag}'),
  }),
  'version-file': { ...line('File that names the next version, relative to the root of the repository.'), examples: ['VERSION'] },
  files: files('Files that a prepared release (modes bump and pull-request) is written into, relative to the folder of the package.'),
  debian: object('Entries of debian/changelog.', {
    distribution: {
      type: 'string',
      maxLength: 50,
      pattern: '^[A-Za-z][A-Za-z0-9.+~-]*$',
      patternErrorMessage: 'the name of a distribution such as unstable',
      description: 'Distribution of new entries. Default: that of the newest release.',
      examples: ['unstable', 'noble'],
    },
    urgency: {
      type: 'string',
      enum: ['low', 'medium', 'high', 'emergency', 'critical'],
      description: 'Urgency of new entries. Default: high when a commit is about security, else medium.',
    },
    maintainer: {
      type: 'string',
      maxLength: 400,
      pattern: '^[^<>\\u0000-\\u001f\\u007f]+ <[^<>\\s\\u0000-\\u001f\\u007f]+>$',
      patternErrorMessage: 'Name <address>',
      description: 'Who signs new entries. Default: DEBFULLNAME and DEBEMAIL, else as the newest entry has it.',
      examples: ['Ada Builder <ada@example.org>'],
    },
    closes: {
      type: 'string',
      enum: ['large', 'all', 'none'],
      default: 'large',
      description: "Which numbers of closing footers are Debian's bugs: those from 100,000 on, all, or none.",
    },
  }),
  bump: bump('Files that get the next version.'),
  announcements: object('Texts that tell people of a release.', {
    project: line('What the project is called. Default: the name of its repository.', 200),
    issue: template('Templates of an issue.'),
    discussion: template('Templates of a discussion.'),
    chat: template('Templates of a message for a chat.'),
    mail: template('Templates of a mail.'),
  }),
});
