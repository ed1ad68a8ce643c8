import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { overrideLine, run, spec } from '@release-kit/action-lintian-check';
import type { Hint } from '@release-kit/debian';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';
import { takesAll } from '../support/selection.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

/** Whose lintian reads the lines; they are the same for all. */
const lintians = takesAll ? ['debian:12', 'debian:13', 'ubuntu:22.04'] : ['debian:12'];

/** As the report says it: null for what is not known. */
interface Reported extends Omit<Hint, 'pointer'> {
  readonly status: 'open' | 'overridden' | 'masked';
  readonly pointer: { readonly path: string; readonly line: number | null } | null;
}

/** Lints a package with findings in files whose names hold everything that an override could trip over. */
async function findingsOf(host: RecordingHost, lintian: string, overrides: string): Promise<readonly Reported[]> {
  const out = join(host.files.workspace, 'out');
  await mkdir(out, { recursive: true });
  const odd = ['a*b', 'what?', '[x] (y)', 'two  blanks', 'back\\slash', 'tab\there', 'odd\u00fc\u202e', '#'];
  const files = Object.fromEntries(odd.map((name) => [`opt/tiny/${name}/empty.txt`, '']));
  const given = overrides === '' ? {} : { 'usr/share/lintian/overrides/tiny': overrides };
  const scripts = { postinst: 'chown root.root "/opt/tiny/*"\n/usr/bin/true [a] \\*' };
  await manifestOf(out, [
    await tinyPackage(host, out, { name: 'tiny', files: { ...files, ...given, 'usr/bin/tiny': '#!/bin/sh\n' }, scripts }),
  ]);
  const context = { workspace: host.files.workspace, nameOf: (name: string) => `input ${name}` };
  await run(readInputs(spec, { report: 'report.json', 'fail-on': 'never', lintian, source: 'out' }, context), host);
  const report: { findings: readonly Reported[] } = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
  return report.findings.filter(({ severity, experimental }) => severity !== 'classification' && !experimental);
}

describeWithMachines('the override that an annotation names', () => {
  test.each(lintians)(
    'is taken by the lintian of %s for every finding, and none is left unused',
    async (lintian) => {
      await using host = await machineHost();
      const before = await findingsOf(host, lintian, '');
      const lines = before.flatMap(({ note, pointer, ...given }) => {
        const at = pointer === null ? {} : { pointer: { path: pointer.path, index: undefined, line: pointer.line ?? undefined } };
        const hint: Hint = { ...given, note, ...at };
        return overrideLine({ tool: 'lintian', hint, status: 'open', distribution: 'debian:12', file: 'tiny_1.0_all.deb' })?.line ?? [];
      });
      expect(new Set(before.map(({ tag }) => tag)).size).toBeGreaterThanOrEqual(5);
      expect(lines).toHaveLength(before.length);
      const after = await findingsOf(host, lintian, `${[...new Set(lines)].join('\n')}\n`);
      expect(after.filter(({ status }) => status === 'open').map(({ tag, note }) => `${tag} ${note}`)).toEqual([]);
      expect(after.filter(({ status }) => status === 'overridden').length).toBeGreaterThanOrEqual(before.length);
    },
    long,
  );
});
