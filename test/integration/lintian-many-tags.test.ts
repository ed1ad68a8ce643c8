import { readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readInputs, UserError } from '@release-kit/action';
import * as buildDeb from '@release-kit/action-build-deb';
import { run, spec } from '@release-kit/action-lintian-check';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

/** Milliseconds; the first run may have to make both base systems. */
const long = 600_000;
const fixtures = join(import.meta.dirname, '../fixtures');

interface Planted {
  readonly tag: string;
  readonly file: string;
  /** What the line says, without blanks around it. */
  readonly text: string;
}

/** Written by hand: where each defect was put. */
const planted: readonly Planted[] = JSON.parse(readFileSync(join(fixtures, 'many-tags.json'), 'utf8'));

interface Reported {
  readonly tag: string;
  readonly source: string | null;
  readonly exact: boolean;
}

/** Builds the package as its author would, and checks it as a pull request would. */
async function checked() {
  await using host = await machineHost();
  await cp(join(fixtures, 'many-tags'), join(host.files.workspace, 'source'), { recursive: true });
  const given = { workspace: host.files.workspace, nameOf: (name: string) => `input ${name}` };
  const built = await buildDeb.run(readInputs(buildDeb.spec, { source: 'source', 'include-source': 'true', tests: 'skip' }, given), host);
  const inputs = { manifest: built.manifest, 'manifest-digest': built.manifestDigest, source: 'source', report: 'report.json' };
  const error: unknown = await run(readInputs(spec, inputs, given), host).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error('not a UserError', { cause: error });
  const { findings }: { findings: readonly Reported[] } = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
  return { error, findings, annotations: host.recorded.annotations, lines: host.recorded.lines };
}

describeWithMachines('a package with a defect on many a line', () => {
  test(
    'each defect is found, and stands on its line',
    async () => {
      const { error, findings, annotations, lines } = await checked();
      const problems = planted.filter((defect) => !findings.some((finding) => isAt(finding, defect)));
      const elsewhere = problems.map(({ tag, file, text }) => {
        const at = findings.filter((finding) => finding.tag === tag).map(({ source, exact }) => `${source}${exact ? '' : ' (roughly)'}`);
        return `${tag} belongs to ${file} ${text} but ${at.length === 0 ? 'was not found' : `stands at ${at.join(', ')}`}`;
      });
      expect(elsewhere).toEqual([]);
      expect(new Set(planted.map(({ tag }) => tag)).size).toBeGreaterThanOrEqual(60);
      expect(error).toMatchObject({ code: 'E_LINT', outputs: { result: 'failed', placed: expect.stringMatching(/^[1-9][0-9]+$/) } });
      expect(lines).toContainEqual(expect.stringMatching(/^[0-9]+ of [0-9]+ findings stand on the line or file that causes them$/));
      // All annotations in their order. The meaning of each tag, which is lintian's own text, is left out.
      const shown = annotations
        .filter(({ title }) => title?.startsWith('lintian: '))
        .map(({ message, ...rest }) => ({ ...rest, message: message.split('\n')[0] }));
      const golden = join(fixtures, 'many-tags-annotations.json');
      if (process.env['RELEASE_KIT_UPDATE_GALLERY'] === '1')
        await writeFile(golden, `[\n${shown.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
      expect(shown).toEqual(JSON.parse(await readFile(golden, 'utf8')));
    },
    long,
  );
});

function isAt({ tag, source, exact }: Reported, defect: Planted): boolean {
  const [, file, line] = /^(.*?)(?::([0-9]+))?$/.exec(source ?? '') ?? [];
  if (tag !== defect.tag || file !== defect.file || line === undefined || !exact) return false;
  const lines = readFileSync(join(fixtures, 'many-tags', file), 'utf8').split('\n');
  return lines[Number(line) - 1]?.trim() === defect.text;
}
