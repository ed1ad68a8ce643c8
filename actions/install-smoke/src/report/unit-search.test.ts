import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { placeOf } from './source-place.ts';
import { findUnitFile } from './unit-search.ts';

test("a unit of upstream is found by its name, templates and what a build fills in too; two of a name are nobody's place", async () => {
  await using host = await recordingHost();
  const root = host.files.workspace;
  for (const folder of ['systemd/units', 'other', '.hidden', 'node_modules']) await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'systemd/units/web.service.in'), '[Service]\nExecStart=@sbindir@/web\n');
  await writeFile(join(root, 'systemd/job@.service'), '');
  for (const folder of ['other', 'systemd']) await writeFile(join(root, folder, 'twice.socket'), '');
  for (const folder of ['.hidden', 'node_modules']) await writeFile(join(root, folder, 'left.timer'), '');
  await symlink('/', join(root, 'other/root'));
  expect(await findUnitFile(root, 'web.service')).toBe('systemd/units/web.service.in');
  expect(await findUnitFile(root, 'job@nightly.service')).toBe('systemd/job@.service');
  expect(await findUnitFile(root, 'twice.socket')).toBeUndefined();
  expect(await findUnitFile(root, 'left.timer')).toBeUndefined();
  expect(await placeOf({ kind: 'unit', unit: 'web.service' }, root, root)).toEqual({ file: 'systemd/units/web.service.in', line: 2 });
});
