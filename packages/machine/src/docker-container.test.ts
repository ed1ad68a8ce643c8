import { describe, expect, test } from '@jest/globals';
import { type ContainerPlan, createArgs } from './docker-container.ts';

const plan: ContainerPlan = {
  name: 'release-kit-1-2-0123456789ab.0',
  machine: 'release-kit-1-2-0123456789ab',
  hostname: 'other-machine',
  image: 'release-kit-base:k',
  platform: 'linux/amd64',
  personality: [],
  role: { kind: 'plain' },
  limits: { tasks: 7, memory: 8 },
  openFiles: 9,
  resource: false,
};
const optionsOf = (changes: Partial<ContainerPlan> = {}): string[] => {
  const args = createArgs({ ...plan, ...changes });
  return args.slice(0, args.indexOf('release-kit-base:k'));
};
const booted = (network: boolean): Partial<ContainerPlan> => ({ role: { kind: 'booted', network } });

describe('createArgs', () => {
  test.each([optionsOf(), optionsOf(booted(true)), optionsOf({ ...booted(false), resource: true })])(
    'a container sees nothing of the host, and can have no more than the plan says',
    (...options) => {
      expect(
        options.filter((option) => /privileged|^--(?:volume|mount|device|pid|ipc|userns|net=host|network=host)\b/.test(option)),
      ).toEqual([]);
      expect(options).toEqual(
        expect.arrayContaining(['--cap-drop=MKNOD', '--cgroupns=private', '--pids-limit=7', '--memory=8', '--ulimit=nofile=1024:9']),
      );
    },
  );

  test('a plain container has no network and no capability besides the default; a booted one has what systemd needs', () => {
    const added = (options: readonly string[]) => options.filter((option) => option.startsWith('--cap-add='));
    expect(optionsOf()).toEqual(expect.arrayContaining(['--hostname=other-machine', '--add-host=other-machine:127.0.1.1']));
    expect(optionsOf()).toContain('--network=none');
    expect(added(optionsOf())).toEqual([]);
    expect(optionsOf(booted(false))).toContain('--network=none');
    expect(optionsOf(booted(true))).toContain('--network=bridge');
    expect(added(optionsOf(booted(true)))).toContain('--cap-add=SYS_ADMIN');
    expect(added(optionsOf(booted(true)))).not.toContain('--cap-add=SYS_RESOURCE');
    expect(added(optionsOf({ ...booted(true), resource: true }))).toContain('--cap-add=SYS_RESOURCE');
  });

  test('an image is never fetched under the name of one of ours', () => {
    expect(optionsOf()).toContain('--pull=never');
  });

  test('the labels say whose it is', () => {
    expect(optionsOf().filter((option) => option.startsWith('--label='))).toEqual([
      '--label=release-kit.machine=release-kit-1-2-0123456789ab',
      expect.stringMatching(/^--label=release-kit\.place=[0-9a-f]{16}$/),
    ]);
  });
});
