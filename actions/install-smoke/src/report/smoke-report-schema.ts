import { type Schema, schemaOf } from '@release-kit/action';
import { categories } from '../category.ts';
import { figureNames, figureWords } from '../figures/figure-text.ts';

/** The form of the report; grows when a field changes its meaning or goes. */
export const reportSchemaVersion = 2;

const { text, nullable, oneOf, count, list, object } = schemaOf;

const outcome = oneOf(['passed', 'failed', 'skipped'], 'What came of it.');
const reason = nullable('string', 'Why it was skipped; null: it was not.');
const category = oneOf(Object.keys(categories).sort(), 'Which of the known mistakes it is.');

const problem = object({
  category,
  code: text('Code of the error: docs/errors.md.'),
  level: oneOf(['error', 'warning'], 'Whether it fails the step.'),
  message: text('States the problem, in one line.'),
  cure: text('What to do about it.'),
  place: {
    anyOf: [
      { type: 'null' },
      object({
        file: text('Relative to the checkout.'),
        line: { type: ['integer', 'null'], minimum: 1, description: 'Counts from 1; null: the whole file.' },
      }),
    ],
    description: 'Where in the checkout it is to be mended; null where that is not known.',
  },
  subject: {
    anyOf: [
      { type: 'null' },
      {
        type: 'object',
        required: ['kind'],
        properties: { kind: text('A script, a unit, a path, a field, …') },
        additionalProperties: { type: 'string' },
      },
    ],
    description: 'What is at fault: a maintainer script, a unit, a path, a field of debian/control.',
  },
  evidence: nullable('string', 'What proves it: a journal, an answer, the output of a command.'),
});

const leftover = object({
  kind: text('What it is: path, changed, vanished, …'),
  what: text('Path, line or command.'),
  how: nullable('string', 'What is different about it, or whose it is; null where that is plain.'),
  below: count('How many paths lie below it.'),
  cure: text('What most likely removes it.'),
});

const units: Readonly<Record<string, string>> = { memory: 'bytes', disk: 'bytes', processor: 'share of one processor' };
const figures = object(
  Object.fromEntries(
    figureNames.map((name) => [name, nullable('number', `${figureWords[name]}, in ${units[name] ?? 'milliseconds'}; null: not measured.`)]),
  ),
);

const track = object({
  name: text('What was done: life cycle, upgrade, …'),
  outcome,
  reason,
  steps: list(
    object({
      name: text('Name of the step.'),
      result: oneOf(['passed', 'failed', 'skipped'], 'What came of it.'),
      milliseconds: { type: 'number', minimum: 0, description: 'How long it took.' },
      note: text('What was found, in one line.'),
      problems: list(category, 'Categories of its problems.'),
    }),
    'In the order they were done.',
  ),
  problems: list(problem, 'All that was found wrong, in the order it was found.'),
  units: list(
    object({
      unit: text('Name of the unit.'),
      outcome: oneOf(['up', 'skipped', 'down'], 'Whether it runs as it should.'),
      remark: nullable('string', 'Why it does not, or what is to be said.'),
      after: nullable('number', 'Milliseconds until it was first seen active.'),
      exposure: nullable('number', 'What systemd-analyze security says of a service: 0 is closed, 10 is open.'),
      listens: list(text('Address, port and protocol, such as 127.0.0.1:8080/tcp.'), 'Where it listens.'),
    }),
    'The units of the packages.',
  ),
  leftovers: object({
    found: list(leftover, 'What stayed or changed, and fails the step.'),
    noted: list(leftover, 'What stayed and may.'),
    accounts: list(text('user or group, and its name.'), 'Accounts that stayed, as Debian allows.'),
  }),
  figures,
  previousFigures: figures,
});

/** JSON Schema (draft 7) of the file that input `report` asks for. `smoke-report.schema.json` is rendered from it. */
export const smokeReportSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of install-smoke',
  ...object(
    {
      schema: { const: reportSchemaVersion, description: 'Grows when a field changes its meaning or goes.' },
      result: oneOf(['passed', 'failed'], 'Of the step; failed when a target failed.'),
      targets: list(
        object({
          target: text('Name of the system, such as debian:12/amd64.'),
          distribution: text('Such as debian:12.'),
          architecture: text('Of the machine.'),
          builtFor: text('What the packages were built for.'),
          image: nullable('string', 'The root file system that was used instead of one made from the archive.'),
          packages: list(
            object({ name: text('Name of the package.'), version: text('Its version.'), architecture: text('Its architecture.') }),
            'What was installed.',
          ),
          outcome,
          reason,
          problems: list(problem, 'Of the system as a whole.'),
          tracks: list(track, 'Each a sequence of steps in a machine of its own.'),
        }),
        'The systems in the order they were asked for.',
      ),
    },
    'What input report of install-smoke writes.',
  ),
};
