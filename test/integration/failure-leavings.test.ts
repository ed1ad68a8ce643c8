import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { type PlantedFailure, sound } from '../support/planted-failures.ts';

/** Builds a package that has to fail; `out` below the workspace takes what it leaves. */
async function fail(host: RecordingHost, tree: PlantedFailure, more: Readonly<Record<string, string>> = {}): Promise<UserError> {
  for (const [path, text] of Object.entries({ ...sound, ...tree })) {
    const file = join(host.files.workspace, 'source', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: path === 'debian/rules' ? 0o755 : 0o644 });
  }
  const inputs = readInputs(spec, { source: 'source', ...more }, { workspace: host.files.workspace, nameOf: (name) => name });
  const error: unknown = await run(inputs, host).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error(`not a UserError: ${String(error)}`, { cause: error });
  return error;
}

const rules = (...recipe: readonly string[]) => ({
  'debian/rules': `${sound['debian/rules']}override_dh_auto_build:\n${recipe.map((line) => `\t${line}\n`).join('')}`,
});

describeWithMachines('what a failed build leaves', () => {
  test('logs of the tree come out: no links, no odd names, no special files, and not without end', async () => {
    await using host = await machineHost();
    const error = await fail(
      host,
      rules(
        'mkdir -p obj/CMakeFiles obj/meson-logs linked many',
        'echo tried > obj/CMakeFiles/CMakeError.log; echo log > obj/meson-logs/meson-log.txt',
        'head -c 3000000 /dev/zero | tr "\\0" x > obj/testlog.txt; echo end >> obj/testlog.txt',
        'ln -s /etc/shadow config.log; ln -s /etc linked/etc; mkfifo obj/config.log; : > obj/test-suite.log',
        'mkdir "odd name" && echo x > "odd name/config.log"',
        `printf 'x' > "$$(printf 'a\\n.')_config.log"; mkdir "$$(printf 'b\\nc')" && echo x > "$$(printf 'b\\nc')/config.log"`,
        'for i in $$(seq 50); do mkdir many/$$i; echo $$i > many/$$i/config.log; done',
        'exit 3',
      ),
    );
    expect(error.code).toBe('E_BUILD');
    const folder = join(host.files.workspace, 'out/logs/build-tree');
    const names = await readdir(folder);
    expect(names.length).toBe(20);
    expect(names.filter((name) => !/^many_\d+_config\.log$/.test(name))).toEqual([]);
    expect(host.recorded.lines).toContainEqual(expect.stringMatching(/^kept from the tree, in logs\/build-tree: many_/));
  }, 300_000);

  test('each is there with the end of it, under the name of its path', async () => {
    await using host = await machineHost();
    await mkdir(join(host.files.workspace, 'out/logs/build-tree'), { recursive: true });
    await symlink('/etc/passwd', join(host.files.workspace, 'out/logs/build-tree/config.log'));
    await fail(
      host,
      rules(
        'mkdir -p obj/CMakeFiles; echo tried > obj/CMakeFiles/CMakeError.log',
        'head -c 3000000 /dev/zero | tr "\\0" x > testlog.txt; echo end >> testlog.txt',
        'mkdir ../.failure; ln -s /etc ../.failure/etc',
        'echo configured > config.log; chmod 000 testlog.txt; chmod 600 testlog.txt; exit 3',
      ),
    );
    const folder = join(host.files.workspace, 'out/logs/build-tree');
    expect((await readdir(folder)).sort()).toEqual(['config.log', 'obj_CMakeFiles_CMakeError.log', 'testlog.txt']);
    expect(await readFile(join(folder, 'config.log'), 'utf8')).toBe('configured\n');
    expect((await stat(join(folder, 'testlog.txt'))).size).toBe(1024 * 1024);
    expect((await readFile(join(folder, 'testlog.txt'), 'utf8')).endsWith('xend\n')).toBe(true);
  }, 300_000);

  test('a build may print more than is kept in memory', async () => {
    await using host = await machineHost();
    const error = await fail(host, rules('yes "this is a line of some length, and there are many of them" | head -c 80000000', 'exit 3'));
    expect(error.code).toBe('E_BUILD');
    expect((await stat(join(host.files.workspace, 'out/logs/build.log'))).size).toBeGreaterThan(80_000_000);
    expect(host.recorded.lines).toContainEqual(expect.stringMatching(/^… \d{6,} more lines are in the build log$/));
  }, 300_000);
});
