import { describe, expect, test } from '@jest/globals';
import { installArgv, installationText, isLocked, missingText, planInstallation, removeArgv } from './installation.ts';

const needs = [
  { program: 'unshare', package: 'util-linux', why: 'keeps mounts apart' },
  { program: 'mmdebstrap', package: 'mmdebstrap', why: 'makes the base systems' },
  { program: 'nsenter', package: 'util-linux', why: 'enters machines' },
  { program: 'flock', package: 'util-linux', why: 'enters machines' },
];
const plan = planInstallation(needs);

describe('planInstallation', () => {
  test('names each package once with every reason, sorted', () => {
    expect(plan).toEqual([
      { name: 'mmdebstrap', why: 'makes the base systems' },
      { name: 'util-linux', why: 'keeps mounts apart; enters machines' },
    ]);
    expect(planInstallation([])).toEqual([]);
  });

  test('is told in one line before it is done', () => {
    expect(installationText(plan)).toBe(
      'Installing 2 packages: mmdebstrap (makes the base systems), util-linux (keeps mounts apart; enters machines)',
    );
    expect(installationText(plan.slice(0, 1))).toBe('Installing 1 package: mmdebstrap (makes the base systems)');
  });
});

test('what is missing is listed with programs and packages', () => {
  expect(missingText(needs.slice(0, 2))).toBe(
    'unshare (package util-linux: keeps mounts apart), mmdebstrap (package mmdebstrap: makes the base systems)',
  );
});

test('apt waits for the lock of dpkg, asks nothing, removes nothing', () => {
  const argv = installArgv(plan.map(({ name }) => name));
  expect(argv).toEqual(expect.arrayContaining(['--yes', '--no-remove', '--no-install-recommends', 'DPkg::Lock::Timeout=300']));
  expect(argv.slice(argv.indexOf('install'))).toEqual(['install', '--', 'mmdebstrap', 'util-linux']);
});

test.each([
  ['E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1234 (apt-get)', true],
  ['E: Unable to lock directory /var/lib/apt/lists/', true],
  ['E: Could not get lock /var/lib/dpkg/lock-frontend', false],
  ['E: Unable to locate package x', false],
])('the lock of the lists, which apt does not wait for: %s', (line, expected) => {
  expect(isLocked(['Reading package lists...', line])).toBe(expected);
});

test('what is removed again is named, and nothing else can go with it', () => {
  expect(removeArgv(['libc6:arm64'])).toEqual(['dpkg', '--force-remove-protected', '--purge', '--', 'libc6:arm64']);
});
