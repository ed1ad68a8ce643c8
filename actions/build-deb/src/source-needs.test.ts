import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseControl } from '@release-kit/debian';
import { readFacts } from './source.ts';
import { needsControl, needsOf } from './source-needs.ts';

const changelog = 'xx (1.0) unstable; urgency=medium\n\n  * x\n\n -- A B <a@example.org>  Fri, 16 Jan 2026 12:00:00 +0000\n';
const control = `Source: xx
Build-Depends: debhelper-compat (= 13),
# a comment
 libfoo-dev (>= 1) <!nocheck>
Build-Depends-Indep: sphinx
Build-Conflicts: bar

Package: xx
Architecture: all
`;

test('the same needs come from a folder and from its .dsc file', async () => {
  await using host = await recordingHost();
  const facts = readFacts({ control, changelog, format: '' }, 'debian');
  const tree = await needsOf({ kind: 'tree', folder: host.files.workspace, facts });
  expect(tree).toMatchObject({ package: 'xx', onlyAll: true, control: { file: 'debian/control' } });
  const file = join(host.files.workspace, 'xx_1.0.dsc');
  const sum = `${'0'.repeat(64)} 1 xx_1.0.tar.xz`;
  const fields = ['Format: 3.0 (native)', 'Source: xx', 'Binary: xx', 'Architecture: all', 'Version: 1.0'];
  const relations = [
    'Build-Depends: debhelper-compat (= 13), libfoo-dev (>= 1) <!nocheck>',
    'Build-Depends-Indep: sphinx',
    'Build-Conflicts: bar',
  ];
  const sums = ['Checksums-Sha256:', ` ${sum}`, 'Files:', ` ${'0'.repeat(32)} 1 xx_1.0.tar.xz`];
  await writeFile(file, `${[...fields, ...relations, ...sums].join('\n')}\n`);
  const dsc = await needsOf({ kind: 'dsc', file });
  expect(dsc).toMatchObject({ package: 'xx', onlyAll: true, control: undefined });
  expect(needsControl(dsc)).toBe(needsControl(tree));
});

test('apt is asked with these needs and nothing else', () => {
  const { source } = parseControl(
    needsControl({ package: 'xx', relations: { 'Build-Depends': 'aa,\n bb', 'Build-Conflicts-Arch': 'cc' } }),
    'control',
  );
  expect(source.fields.map(({ name, value }) => [name, value])).toEqual([
    ['Source', 'xx'],
    ['Build-Depends', 'aa, bb'],
    ['Build-Conflicts-Arch', 'cc'],
  ]);
});
