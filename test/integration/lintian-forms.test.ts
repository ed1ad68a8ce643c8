/** lintian's two forms of one run, and the hints that its own test suite expects. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Host } from '@release-kit/action';
import { bringFiles, lintBatch, lintianTags } from '@release-kit/action-lintian-check';
import { type LintianReport, parseDistribution, parseLintianText } from '@release-kit/debian';
import { basePackages, createMachine, type Machine, ownArchitecture, prepareBase } from '@release-kit/machine';
import { archivedPackages } from '../support/archive-packages.ts';
import { gallerySets } from '../support/lint-gallery.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { archivedSource } from '../support/source-archive.ts';

/** Milliseconds; the first run makes the base system and fetches the packages. */
const long = 900_000;
/** Written in C and Go, with services, overrides, and what lintian has on trial. */
const sources = ['cron', 'dash', 'fzf', 'memcached'];
/** `all`, or names with blanks between: each distribution whose lintian is tried. */
const wanted = process.env['RELEASE_KIT_TEST_LINTIANS'] ?? 'debian:12';
const releases =
  wanted === 'all'
    ? ['debian:11', 'debian:12', 'debian:13', 'debian:sid', 'ubuntu:22.04', 'ubuntu:24.04', 'ubuntu:26.04']
    : wanted.split(' ');

/** The same machine with a lintian that knows no JSON. */
function withoutJson(machine: Machine): Machine {
  const refuse = () => Promise.reject(new Error('not asked for'));
  return {
    engine: machine.engine,
    run: (argv, command) =>
      argv.includes('--exp-output')
        ? Promise.resolve({ exitCode: 2, stdout: '', stderr: 'Unknown option: exp-output' })
        : machine.run(argv, command),
    ...{ copyIn: refuse, copyOut: refuse, boot: refuse, takeLayer: refuse },
    usage: () => Promise.resolve(undefined),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Every field of every hint, by file; what cannot be printed is a question mark in text. */
function comparable({ files }: LintianReport): readonly string[] {
  const lines = files.flatMap(({ path, hints }) => [
    basename(path),
    ...hints.map((hint) => `${basename(path)} ${JSON.stringify(Object.entries(hint).sort())}`),
  ]);
  return lines.sort();
}

async function lintMachine(host: Host, distribution: string): Promise<Machine> {
  const request = { distribution: parseDistribution(distribution), architecture: ownArchitecture(), packages: basePackages.lint };
  return createMachine(host, await prepareBase(host, request), 'nspawn');
}

describeWithMachines('real packages', () => {
  test.each(releases)(
    'are found the same by JSON and by text, in every field: lintian of %s',
    async (release) => {
      await using host = await machineHost();
      const sets = gallerySets.filter(({ source }) => sources.includes(source));
      const files = [...(await archivedPackages(host, sets)).values()].flat();
      await using machine = await lintMachine(host, release);
      for (const folder of new Set(files.map(dirname)))
        await bringFiles(
          host,
          machine,
          folder,
          files.filter((file) => dirname(file) === folder).map((file) => basename(file)),
        );
      const subjects = files.map((file) => basename(file)).filter((name) => /\.(?:deb|dsc)$/.test(name));
      const batch = { distribution: 'debian:12', subjects, expected: subjects };
      const run = { options: { profile: undefined, suppressed: [] }, facts: await lintianTags(machine) };
      const json = await lintBatch(host, machine, batch, run);
      const text = await lintBatch(host, withoutJson(machine), batch, run);
      const hints = json.files.flatMap((file) => file.hints);
      for (const kind of ['experimental', 'overridden'] as const) expect(hints.some((hint) => hint[kind])).toBe(true);
      expect(hints.length).toBeGreaterThan(40);
      expect(comparable(text)).toEqual(comparable(json));
      expect([...json.unread, ...text.unread]).toEqual([]);
    },
    long,
  );

  test(
    "each hint that lintian's own test suite expects is read: as many of each tag in every recipe",
    async () => {
      await using host = await machineHost();
      await using folder = await host.files.temporary('recipes');
      const dsc = await archivedSource(host, 'lintian');
      const archive = (await readdir(dirname(dsc))).find((name) => name.includes('.tar.'));
      const members = ['--wildcards', '*/t/recipes/*/hints*'];
      await host.exec(['tar', '--extract', '--file', join(dirname(dsc), archive ?? ''), '--directory', folder.path, ...members]);
      const { stdout } = await host.exec(['find', folder.path, '-type', 'f', '-name', 'hints*']);
      const recipes = stdout.trim().split('\n').sort();
      let lines = 0;
      for (const recipe of recipes) {
        const expected = (await readFile(recipe, 'utf8')).split('\n').filter((line) => line.trim() !== '');
        const { files, notices, unread } = parseLintianText(expected.map(asPrinted).join('\n'));
        expect([...notices, ...unread]).toEqual([]);
        expect(countsOf(files.flatMap(({ hints }) => hints.map(({ tag }) => tag)))).toEqual(countsOf(expected.map(tagOf)));
        lines += expected.length;
      }
      expect(recipes.length).toBeGreaterThan(1000);
      expect(lines).toBeGreaterThan(4500);
    },
    long,
  );
});

/** Recipes are in the form `package (type): tag note [pointer]`. */
function asPrinted(line: string): string {
  const [, name = '', type = '', rest = ''] = /^(\S+) \((\w+)\): (.*)$/.exec(line) ?? [];
  return `E: ${name}${type === 'binary' ? '' : ` ${type}`}: ${rest}`;
}

const tagOf = (line: string): string => /\): (\S+)/.exec(line)?.[1] ?? '';

function countsOf(tags: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
