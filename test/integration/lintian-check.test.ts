import { cp, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import * as buildDeb from '@release-kit/action-build-deb';
import { run, spec } from '@release-kit/action-lintian-check';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { describeRaw, manifestOf, rawPackage, tinyPackage } from '../support/packages.ts';
import { takesAll } from '../support/selection.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

function lint(host: RecordingHost, given: Readonly<Record<string, string>> = {}) {
  return run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

async function outFolder(host: RecordingHost): Promise<string> {
  const out = join(host.files.workspace, 'out');
  await mkdir(out, { recursive: true });
  return out;
}

/** A source tree and the package it would build. */
async function sample(host: RecordingHost): Promise<void> {
  const debian = join(host.files.workspace, 'debian');
  await mkdir(debian);
  await writeFile(
    join(debian, 'control'),
    'Source: tiny\nMaintainer: A <a@example.org>\n\nPackage: tiny\nArchitecture: all\nDescription: a\n',
  );
  await writeFile(join(debian, 'postinst'), '#!/bin/sh\nset -e\nchown root.root /opt/tiny\n');
  await writeFile(join(debian, 'install'), 'notes.txt opt/tiny\n');
  const overrides = 'tiny: no-copyright-file\n';
  const files = { 'opt/tiny/notes.txt': 'x\n', 'usr/share/lintian/overrides/tiny': overrides };
  const out = await outFolder(host);
  await manifestOf(out, [await tinyPackage(host, out, { name: 'tiny', files, scripts: { postinst: 'chown root.root /opt/tiny' } })]);
}

describeWithMachines('lintian-check', () => {
  test(
    'shows each finding at its line in the source, and fails with all outputs set',
    async () => {
      await using host = await machineHost();
      await sample(host);
      const error: unknown = await lint(host, { report: 'report.json' }).catch((reason: unknown) => reason);
      if (!(error instanceof UserError)) throw new Error('not a UserError', { cause: error });
      expect(error).toMatchObject({ code: 'E_LINT', outputs: { result: 'failed' } });
      expect(Number(error.outputs['errors'])).toBeGreaterThan(1);
      const { annotations, lines } = host.recorded;
      expect(annotations).toContainEqual({
        level: 'error',
        title: 'lintian: dir-or-file-in-opt',
        message: expect.stringMatching(/^tiny: \[opt\/tiny\/\]\nerror[^\n]*\n\nDebian packages should not install into \/opt/),
        file: 'debian/install',
        line: 1,
      });
      expect(annotations).toContainEqual(
        expect.objectContaining({ title: 'lintian: maintainer-script-calls-chown-improperly', file: 'debian/postinst', line: 3 }),
      );
      expect(lines.some((line) => /^lintian 2\.\S+ checked 1 file: .*; 1 overridden \(fails on error\)$/.test(line))).toBe(true);
      expect(host.summary.text).toContain('### lintian: failed');
      const report = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
      expect(report).toMatchObject({ schema: 1, result: 'failed', counts: { overridden: 1 } });
      expect(report.findings).toContainEqual(expect.objectContaining({ tag: 'no-copyright-file', status: 'overridden' }));
    },
    long,
  );

  test(
    'fail-on never passes with the same findings',
    async () => {
      await using host = await machineHost();
      await sample(host);
      expect(await lint(host, { 'fail-on': 'never' })).toMatchObject({ result: 'passed', errors: expect.stringMatching(/^[1-9]/) });
    },
    long,
  );

  const control = (fields: string) => `${fields}\nMaintainer: A <a@example.org>\nDescription: x\n`;
  // A field, the order of members, and an end that is missing; other fields are in test/long.
  const fields: readonly (readonly [string, string, number[] | undefined])[] = [
    ['badversion', 'Package: badversion\nVersion: 1/../2\nArchitecture: all', undefined],
    ['badname', 'Package: ../../x\nVersion: 1.0\nArchitecture: all', undefined],
    ['badarch', 'Package: badarch\nVersion: 1.0\nArchitecture: all;id', undefined],
    ['reordered', 'Package: reordered\nVersion: 1.0\nArchitecture: all', [1, 0, 2]],
    ['truncated', 'Package: truncated\nVersion: 1.0\nArchitecture: all', undefined],
  ];
  test.each(fields.filter(([name]) => takesAll || !['badname', 'badarch'].includes(name)))(
    'a package that lintian silently leaves out fails, although the one beside it is fine: %s',
    async (name, text, order) => {
      await using host = await machineHost();
      const out = await outFolder(host);
      const file = `${name}_1.0_all.deb`;
      const good = await tinyPackage(host, out, { name: 'good' });
      let bad = await rawPackage(host, out, file, control(text), order);
      if (name === 'truncated') {
        await truncate(join(out, file), 300);
        bad = await describeRaw(out, file);
      }
      await manifestOf(out, [good, bad]);
      await expect(lint(host, { 'fail-on': 'never' })).rejects.toThrowWithCode(
        'E_LINT_INCOMPLETE',
        new RegExp(`^lintian did not check ${name}_1\\.0_all\\.deb; lintian said: `),
      );
    },
    long,
  );

  test('an empty manifest, a changed file and a wrong digest are no success', async () => {
    await using host = await machineHost();
    const out = await outFolder(host);
    const good = await tinyPackage(host, out, { name: 'good' });
    await manifestOf(out, [{ ...good, kind: 'source' }]);
    await expect(lint(host)).rejects.toThrowWithCode('E_LINT_INCOMPLETE', /no package/);
    await manifestOf(out, [good]);
    await expect(lint(host, { 'manifest-digest': '0'.repeat(64) })).rejects.toThrowWithCode('E_DIGEST');
    await writeFile(join(out, good.path), 'other');
    await expect(lint(host)).rejects.toThrowWithCode('E_DIGEST');
  });

  test(
    'the example is clean, and every file of its build is looked at',
    async () => {
      await using host = await machineHost();
      await cp(exampleFolder, join(host.files.workspace, 'source'), { recursive: true });
      const given = readInputs(buildDeb.spec, { source: 'source' }, { workspace: host.files.workspace, nameOf: (name) => name });
      const { manifest, manifestDigest } = await buildDeb.run(given, host);
      const outputs = await lint(host, { manifest, 'manifest-digest': manifestDigest, source: 'source', 'fail-on': 'warning' });
      expect(outputs).toMatchObject({ result: 'passed', errors: '0', warnings: '0' });
      expect(host.recorded.lines.some((line) => /^lintian 2\.\S+ checked 4 files: 0 errors, 0 warnings/.test(line))).toBe(true);
    },
    long,
  );
});
