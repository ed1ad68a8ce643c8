import { type Schema, schemaOf } from '@release-kit/action/json-schema';

/** The form of the data; grows when a field changes its meaning or goes. */
export const changelogSchemaVersion = 1;

const { text, nullable, oneOf, count, list, object } = schemaOf;

const commit = object({
  sha: text('Full, in hexadecimal.'),
  kind: oneOf(['conventional', 'revert', 'merge', 'other'], 'What its header says it is.'),
  type: nullable('string', 'Lower case; null: the header has none.'),
  scope: nullable('string', 'null: none.'),
  description: text('What the header says after the type, else the whole subject.'),
  breaking: nullable('string', 'What breaks, in words of any length; null: nothing.'),
  pullRequest: nullable('integer', 'Number of the pull request it came in by; null: unknown.'),
  issues: list(
    object({
      action: oneOf(['close', 'mention'], 'What the footer says of it.'),
      repository: nullable('string', 'owner/name; null: the repository itself.'),
      number: count('Its number.'),
    }),
    'Issues and bugs that footers name.',
  ),
  section: nullable('string', 'Title of the section of the notes it stands in; null: it is not listed.'),
  author: text('Name, as the commit has it.'),
  timestamp: { type: 'integer', description: 'Of the committer, seconds since 1970.' },
});

const release = object(
  {
    name: text('The tag, or how people call what has none yet.'),
    version: nullable('string', 'Semantic version; null: none yet.'),
    sha: text('Full, of the newest commit, in hexadecimal.'),
    date: { type: 'string', format: 'date', description: 'Day of the newest commit in UTC.' },
    previous: {
      anyOf: [
        { type: 'null' },
        object({ name: text('Its tag.'), version: nullable('string', 'null: it is no release.'), reason: text('Why this one.') }),
      ],
      description: 'What it is compared with; null: it is the first.',
    },
    compare: nullable('string', 'Address of the full difference; null: unknown.'),
    count: count('All commits of the range, with those that were taken back.'),
    breaking: { type: 'boolean', description: 'Something in it breaks.' },
    commits: list(commit, 'Newest first; what was taken back inside the range is gone.'),
    contributors: list(
      object({
        name: text('As commits have it.'),
        commits: count('Of this release.'),
        first: { type: 'boolean', description: 'Of no earlier release.' },
      }),
      'By commits, then name.',
    ),
  },
  'One release.',
);

/** JSON Schema (draft 7) of a changelog as data. `changelog.schema.json` is rendered from it. All texts are strangers' and not escaped. */
export const changelogSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Changelog of release-kit',
  ...object(
    {
      schema: { const: changelogSchemaVersion, description: 'Grows when a field changes its meaning or goes.' },
      releases: list(release, 'Newest first.'),
    },
    'Releases and what is in them; texts are as people wrote them, nothing is escaped.',
  ),
};
