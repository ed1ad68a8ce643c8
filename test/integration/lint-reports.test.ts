import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-lintian-check';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first run may have to make the base system. */
const long = 300_000;
const root = join(import.meta.dirname, '../..');
const names = ['lint.json', 'lint.sarif', 'lint.xml'];

/** A failing run over a package whose files have names that XML, JSON and addresses have to escape; its error and its reports. */
async function failingRun() {
  await using host = await machineHost();
  const workspace = host.files.workspace;
  await mkdir(join(workspace, 'pkg/debian'), { recursive: true });
  await writeFile(join(workspace, 'pkg/debian/control'), 'Source: tiny\n\nPackage: tiny\nArchitecture: all\nDescription: a\n');
  await writeFile(join(workspace, 'pkg/debian/postinst'), '#!/bin/sh\nset -e\nchown root.root /opt/tiny\n');
  await mkdir(join(workspace, 'out'));
  const files = {
    'opt/a&<b>"\u001b[31m ::error::x.txt': 'x\n',
    'opt/\u202eü|`{0}](https://evil.example)': 'x\n',
    'usr/share/lintian/overrides/tiny': '# It <has> to be.\ntiny: no-copyright-file\n',
  };
  const package_ = await tinyPackage(host, join(workspace, 'out'), {
    name: 'tiny',
    files,
    scripts: { postinst: 'chown root.root /opt/tiny' },
  });
  await manifestOf(join(workspace, 'out'), [package_]);
  const given = {
    source: 'pkg',
    report: 'reports/lint.json',
    sarif: 'reports/lint.sarif',
    junit: 'reports/lint.xml',
    'sarif-results': 'all',
  };
  const error: unknown = await run(readInputs(spec, given, { workspace, nameOf: (name) => name }), host).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error('not a UserError', { cause: error });
  const reports = join(workspace, 'reports');
  expect((await readdir(reports)).sort()).toEqual(names);
  const texts = await Promise.all(names.map((name) => readFile(join(reports, name), 'utf8')));
  return { error, reports, json: texts[0] ?? '', sarif: texts[1] ?? '', junit: texts[2] ?? '' };
}

describeWithMachines('reports of a real run', () => {
  test(
    'are there when the step fails, are of the forms their readers check, tell the same findings, and have the same bytes twice',
    async () => {
      const { error, reports, json, sarif, junit } = await failingRun();
      expect(error).toMatchObject({ code: 'E_LINT', outputs: { report: join(reports, 'lint.json'), sarif: join(reports, 'lint.sarif') } });

      const report = JSON.parse(json);
      const ours = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(await readFile(join(root, 'lintian-report.schema.json'), 'utf8')));
      ours(report);
      expect(ours.errors).toBeNull();

      const log = JSON.parse(sarif);
      const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
      const { $schema: _, id: __, ...schema } = JSON.parse(await readFile(file, 'utf8'));
      const ajv = new Ajv({ strict: false, unicodeRegExp: false });
      addFormats.default(ajv);
      const official = ajv.compile(schema);
      official(log);
      expect(official.errors).toBeNull();

      const read = await validateXML({ xml: [{ fileName: 'lint.xml', contents: junit }], normalization: 'format' });
      expect(read).toMatchObject({ errors: [] });

      const findings: readonly { readonly tag: string; readonly fails: boolean; readonly status: string }[] = report.findings;
      const tags = findings.map(({ tag }) => tag).sort();
      expect(log.runs[0].results.map(({ ruleId }: { readonly ruleId: string }) => ruleId).sort()).toEqual(tags);
      expect(junit.match(/<testcase /g)).toHaveLength(findings.length);
      expect(junit.match(/<failure /g)).toHaveLength(findings.filter(({ fails }) => fails).length);
      expect(tags).toContain('no-copyright-file');
      expect(findings.find(({ tag }) => tag === 'no-copyright-file')).toMatchObject({
        status: 'overridden',
        justification: 'It <has> to be.',
      });
      const places = log.runs[0].artifacts.map(({ location }: { readonly location: { readonly uri: string } }) => location.uri);
      expect(places).toContain('pkg/debian/postinst');
      // Of what the file names hold, nothing is left that a viewer would obey.
      expect(sarif).not.toMatch(/\]\(https|\{0\}[^}]|\u202e|\\u001b/);

      const again = await failingRun();
      expect([again.sarif, again.junit, again.json]).toEqual([sarif, junit, json]);
    },
    long,
  );
});
