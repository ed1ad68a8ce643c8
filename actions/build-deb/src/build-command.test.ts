import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { type BuildChoices, buildArgv, buildEnvironment, profileArguments } from './build-command.ts';

const choices: BuildChoices = {
  profiles: [],
  options: [],
  parallel: 4,
  includeSource: false,
  onlyAny: false,
  crossFor: undefined,
  sourceDateEpoch: 1_700_000_000,
  compressor: undefined,
};
const command = (given: Partial<BuildChoices>) => buildArgv({ ...choices, ...given }).slice(4);

describe('buildArgv', () => {
  test('builds binaries without signing', () => {
    expect(command({})).toEqual(['dpkg-buildpackage', '-us', '-uc', '-b']);
  });

  test('builds the source package as well when asked, complete whatever the revision', () => {
    expect(command({ includeSource: true })).toEqual(['dpkg-buildpackage', '-us', '-uc', '-F', '-sa']);
  });

  test('builds the packages of one architecture alone when asked, and for another architecture', () => {
    expect(command({ onlyAny: true })).toEqual(['dpkg-buildpackage', '-us', '-uc', '-B']);
    expect(command({ onlyAny: true, includeSource: true })).toEqual(['dpkg-buildpackage', '-us', '-uc', '-G', '-sa']);
    expect(command({ onlyAny: true, crossFor: 'arm64' })).toEqual(['dpkg-buildpackage', '-us', '-uc', '-aarm64', '-B']);
    expect(buildEnvironment({ ...choices, crossFor: 'arm64' })['CONFIG_SITE']).toBe('/etc/dpkg-cross/cross-config.arm64');
  });

  test('gives profiles in the one form that dpkg-buildpackage takes: no blank', () => {
    expect(command({ profiles: ['cross', 'nocheck'] }).at(-1)).toBe('-Pcross,nocheck');
    expect(profileArguments([])).toEqual([]);
  });

  test('sets the umask, joins both streams, and passes the exit code', () => {
    const [program, ...args] = buildArgv(choices).slice(0, 4);
    const output = execFileSync(program ?? '', [...args, 'sh', '-c', 'umask; echo error >&2'], { encoding: 'utf8' });
    expect(output).toBe('0022\nerror\n');
    expect(() => execFileSync(program ?? '', [...args, 'sh', '-c', 'exit 7'])).toThrow(expect.objectContaining({ status: 7 }));
  });
});

test('a build sees the same outside everywhere', () => {
  expect(buildEnvironment({ ...choices, options: ['nocheck', 'terse'] })).toEqual({
    HOME: '/nonexistent',
    USER: 'builder',
    LOGNAME: 'builder',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    DEB_BUILD_OPTIONS: 'nocheck terse parallel=4',
    SOURCE_DATE_EPOCH: '1700000000',
    DPKG_COLORS: 'never',
    DH_COLORS: 'never',
  });
});
