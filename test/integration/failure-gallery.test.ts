import { readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { knownFailures } from '@release-kit/debian';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { type PlantedFailure, plantedFailures, sound } from '../support/planted-failures.ts';
import { takesAll } from '../support/selection.ts';

/** By name: code, place, message, entry of the table, category, cure. */
const golden: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/planted-failures.json'), 'utf8'),
);

/** One for each category, and for each program that tells of it; the others are in test/long. */
const some = [
  ...['undefined-reference', 'missing-program', 'perl-module', 'home-folder', 'change-owner', 'configure-check', 'tap'],
  ...['dh-install', 'dh-missing', 'control-field', 'unmet-dependencies'],
];

/** Builds a tree; returns the failure that its report tells of, and what was said beside. */
async function galleryEntry(tree: PlantedFailure) {
  await using host = await machineHost();
  const source = join(host.files.workspace, 'source');
  for (const [path, text] of Object.entries({ ...sound, ...tree })) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), text);
    if (/^(?:configure|debian\/rules)$/.test(path)) await chmod(join(source, path), 0o755);
  }
  const inputs = readInputs(spec, { source: 'source' }, { workspace: host.files.workspace, nameOf: (name) => name });
  const error: unknown = await run(inputs, host).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error(`no mistake of the package: ${String(error)}`, { cause: error });
  const report: unknown = JSON.parse(await readFile(join(host.files.workspace, 'out/logs/build.json'), 'utf8'));
  if (typeof report !== 'object' || report === null || !('failure' in report)) throw new Error('the report tells of no failure');
  return { error, failure: report.failure, summary: host.summary.text, lines: host.recorded.lines };
}

test('the gallery shows most of what a small package can do wrong', () => {
  expect(Object.keys(golden).sort()).toEqual(Object.keys(plantedFailures).sort());
  expect(Object.keys(plantedFailures).length).toBeGreaterThanOrEqual(15);
});

describeWithMachines('a planted failure, built in a real machine', () => {
  test.each(Object.entries(plantedFailures).filter(([name]) => takesAll || some.includes(name)))(
    '%s is told with code, place, category and cure',
    async (name, tree) => {
      const { error, failure, summary, lines } = await galleryEntry(tree);
      expect(failure).toEqual(golden[name]);
      expect(failure).toMatchObject({ code: error.code, cure: error.cure });
      expect(summary).toMatch(/^### The build for `debian:12` `amd64` failed: \w/m);
      expect(summary).toContain('--distribution=debian:12 --strategy=native source\n');
      expect(lines).toContainEqual(expect.stringMatching(/^build it again with: scripts\/build-local\.sh --arch=amd64 /));
    },
    300_000,
  );
});

test('each entry of the gallery is one of the table', () => {
  for (const entry of Object.values(golden)) {
    if (typeof entry !== 'object' || entry === null || !('failure' in entry)) throw new Error('an entry without a failure');
    expect(Object.keys(knownFailures)).toContain(entry.failure);
  }
});
