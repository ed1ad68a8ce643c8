import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isTemporary, removeFolder, temporaryFolder } from './temporary.ts';

const nobody = 65534;

async function asNobody(action: () => Promise<unknown>): Promise<void> {
  process.seteuid?.(nobody);
  try {
    await action();
  } finally {
    process.seteuid?.(0);
  }
}

const asRoot = process.getuid?.() === 0 ? test : test.skip;

describe('a temporary folder', () => {
  test('is ours alone, and gone with everything in it', async () => {
    let path = '';
    {
      await using folder = await temporaryFolder('/tmp', 'probe');
      path = folder.path;
      expect(path).toMatch(/^\/tmp\/release-kit-probe-/);
      expect(statSync(path).mode & 0o777).toBe(0o700);
      mkdirSync(join(path, 'a/b'), { recursive: true });
      writeFileSync(join(path, 'a/b/c'), 'x');
      chmodSync(join(path, 'a'), 0o500);
    }
    expect(existsSync(path)).toBe(false);
  });

  test('does not take along what links point to', async () => {
    await using kept = await temporaryFolder('/tmp', 'kept');
    writeFileSync(join(kept.path, 'file'), 'x');
    const folder = await temporaryFolder('/tmp', 'probe');
    symlinkSync(kept.path, join(folder.path, 'link'));
    await folder[Symbol.asyncDispose]();
    expect(readdirSync(kept.path)).toEqual(['file']);
  });

  asRoot('with read-only folders is removed by an ordinary user too', async () => {
    await using outer = await temporaryFolder('/tmp', 'outer');
    chmodSync(outer.path, 0o711);
    const home = join(outer.path, 'home');
    const locked = join(home, 'locked/inner');
    mkdirSync(locked, { recursive: true });
    writeFileSync(join(locked, 'file'), 'x');
    for (const path of [home, join(home, 'locked'), locked, join(locked, 'file')]) chownSync(path, nobody, nobody);
    for (const path of [locked, join(home, 'locked')]) chmodSync(path, 0o500);
    await asNobody(() => removeFolder(join(home, 'locked')));
    expect(readdirSync(home)).toEqual([]);
  });

  asRoot('that cannot be removed is an error that names it', async () => {
    await using outer = await temporaryFolder('/tmp', 'outer');
    const child = join(outer.path, 'parent/child');
    mkdirSync(child, { recursive: true });
    chmodSync(outer.path, 0o711);
    await asNobody(() => expect(removeFolder(child)).rejects.toThrowWithCode('E_HOST', /^the temporary folder .*child cannot be removed$/));
  });

  asRoot('in which something is mounted is left alone', async () => {
    await using mounted = await temporaryFolder('/tmp', 'source');
    writeFileSync(join(mounted.path, 'precious'), 'x');
    await using folder = await temporaryFolder('/tmp', 'target');
    const point = join(folder.path, 'a b');
    mkdirSync(point);
    execFileSync('mount', ['--bind', mounted.path, point]);
    try {
      await expect(removeFolder(folder.path)).rejects.toThrowWithCode('E_HOST', /a b is still mounted/);
      expect(readdirSync(mounted.path)).toEqual(['precious']);
    } finally {
      execFileSync('umount', [point]);
    }
  });
});

test('is told by its name, with what lies in it, and nothing else is', async () => {
  await using folder = await temporaryFolder('/tmp', 'probe');
  const told = (path: string) => isTemporary(path, '/tmp');
  expect([folder.path, `${folder.path}/out`].map(told)).toEqual([true, true]);
  const others = ['/tmp', '/tmp/out', '/tmp/release-kit-action/out', '/tmp/my-release-kit-probe-a1B2c3', `/src${folder.path}`];
  expect(others.filter(told)).toEqual([]);
});

test('where none can be made that is told with what to do', async () => {
  const making = temporaryFolder('/tmp/release-kit-none', 'probe');
  await expect(making).rejects.toThrowWithCode('E_HOST', /^no temporary folder can be made in \/tmp\/release-kit-none: ENOENT$/);
  await expect(making).rejects.toMatchObject({ cure: expect.stringContaining('TMPDIR') });
});
