import { type Schema, schemaOf } from '@release-kit/action';

/** The form of the report; grows when a field changes its meaning or goes. */
export const reportSchemaVersion = 1;

const { text, nullable, oneOf, count, list, object } = schemaOf;

const severity = oneOf(['error', 'warning', 'info', 'pedantic', 'classification'], "lintian's severity of the tag.");
const line = { type: ['integer', 'null'], minimum: 0, description: 'Counts from 1; null: the whole file.' };

const override = object({
  package: text('Name of the package.'),
  tag: text('What is overridden.'),
  context: text('What the override is limited to; empty: every finding of the tag.'),
  source: nullable('string', 'Where it stands, relative to the source tree.'),
  remark: nullable('string', 'What it does, or what to do about it.'),
});

const past = {
  package: text('Name of the package.'),
  type: text('Kind of the package.'),
  tag: text('Name of the rule.'),
  context: text('Note and pointer without what moves.'),
};

const tool = oneOf(['lintian', 'blhc', 'desktop-file-validate', 'appstreamcli', 'shellcheck', 'systemd-analyze'], 'Who says it.');

const finding = object({
  tool,
  tag: text('Name of the rule.'),
  severity,
  experimental: { type: 'boolean', description: 'lintian is still trying the tag out: it fails nothing.' },
  status: oneOf(['open', 'overridden', 'masked'], 'Whether somebody has to act: overridden by the maintainer, masked by lintian itself.'),
  fails: { type: 'boolean', description: 'It is one of those that fail the step.' },
  package: text('Name of the package.'),
  type: oneOf(['binary', 'udeb', 'source', 'changes', 'buildinfo'], 'Kind of the package.'),
  distribution: text('Such as debian:12.'),
  file: text('Name of the checked file.'),
  note: text('What lintian says besides the tag, as it wrote it.'),
  pointer: {
    anyOf: [
      { type: 'null' },
      object({
        path: text('As lintian wrote it: it may lead anywhere.'),
        index: { enum: ['patched', 'control', 'installed', null], description: 'What the path is relative to.' },
        line,
      }),
    ],
    description: 'Where in the package lintian points to.',
  },
  justification: nullable('string', 'Why it was overridden.'),
  source: nullable('string', 'Its place, relative to the source tree: debian/control:12.'),
  place: {
    anyOf: [{ type: 'null' }, object({ file: text('Relative to the checkout.'), line })],
    description: 'Its place in the checkout; null where it has none.',
  },
  exact: { type: 'boolean', description: 'The line is the one that causes the finding.' },
  reason: nullable('string', 'Why this place was taken.'),
  standing: { enum: ['new', 'existing', null], description: 'Against what was compared with; null: nothing was.' },
  changed: nullable('boolean', 'Whether the pull request changed the line; null: not known.'),
  fingerprint: text('Name of the finding over time: stays when lines move.'),
});

const counted = ['error', 'warning', 'info', 'pedantic', 'experimental', 'overridden', 'masked'];

/** JSON Schema (draft 7) of the file that input `report` asks for. `lintian-report.schema.json` is rendered from it. */
export const lintReportSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of lintian-check',
  ...object(
    {
      schema: { const: reportSchemaVersion, description: 'Grows when a field changes its meaning or goes.' },
      result: oneOf(['passed', 'failed'], 'Of the step.'),
      failOn: oneOf(['error', 'warning', 'info', 'pedantic', 'never'], 'Lowest severity that fails the step.'),
      failOnNew: oneOf(['error', 'warning', 'info', 'pedantic', 'never'], 'Lowest severity of new findings that fails the step.'),
      lintian: text('Version of lintian.'),
      files: count('How many files were checked.'),
      checked: list(object({ name: text('Name of the file.'), distribution: text('Such as debian:12.') }), 'Every file that was checked.'),
      tools: list(tool, 'What ran, lintian first.'),
      counts: object(Object.fromEntries(counted.map((name) => [name, count(`How many are ${name}.`)])), 'Each finding is counted once.'),
      unread: count("Lines of lintian's output that could not be read."),
      comparison: {
        anyOf: [
          { type: 'null' },
          object({
            with: text('What the findings were compared with.'),
            fixed: list(object(past), 'What was there and is gone.'),
            stale: list(object({ ...past, file: text('The baseline.'), line }), 'Lines of the baseline that say more than there is now.'),
          }),
        ],
        description: 'null: there was nothing to compare with.',
      },
      newlyOverridden: list(override, 'Overrides that the pull request adds.'),
      unusedOverrides: list(override, 'Overrides that nothing matches.'),
      skipped: list(object({ what: text('What was to be run.'), reason: text('Why it was not.') }), 'What was not run.'),
      findings: list(finding, 'All of them, most severe first, what is not open last.'),
    },
    'What input report of lintian-check writes.',
  ),
};
