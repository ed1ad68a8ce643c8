/** @slow */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { chooseStrategy, lookAtSource, needsOf } from '@release-kit/action-build-deb';
import { parseDistribution } from '@release-kit/debian';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';
import { archivedSource } from '../support/source-archive.ts';

/** Milliseconds; the first test may have to make the base system and the toolchain. */
const long = 600_000;

/** Source packages of Debian 12, one of each kind, and what `auto` says of them. The same table stands in docs/strategies.md. */
const choices: readonly (readonly [string, string, RegExp])[] = [
  ['hello', 'cross', /^autotools: configure is given --host and --build; /],
  ['tree', 'cross', /^make: make is given the names of the tools .*; /],
  ['fmtlib', 'cross', /^CMake: debhelper passes CMake the toolchain; /],
  ['libslirp', 'cross', /^Meson: debhelper writes Meson a cross file; /],
  ['rust-fd-find', 'cross', /^Rust: cargo compiles for a named target.*; /],
  ['libtext-csv-xs-perl', 'cross', /^Perl: perl-xs-dev brings the settings of the foreign Perl; /],
  ['ninja-build', 'emulate', /^no build system: debian\/rules compiles by itself/],
  ['gron', 'emulate', /^Go: the Go compiler is not asked for as :native/],
  ['ocaml-re', 'emulate', /^OCaml: the OCaml compiler compiles for its own architecture only$/],
  ['haskell-split', 'emulate', /^Haskell: GHC/],
  ['cppcheck', 'emulate', /^CMake crosses, but its build dependencies cannot be had for arm64: python3 would be the foreign one/],
  ['golang-github-mattn-go-isatty', 'native', /^all its packages are for every architecture$/],
];

/** What differs for apt and the trees: crossed by a build system, refused by a language, by apt, and nothing to cross. */
const some = ['hello', 'libslirp', 'rust-fd-find', 'gron', 'cppcheck', 'golang-github-mattn-go-isatty'];

describeWithMachines('auto for arm64 on another host', () => {
  test.each(choices.filter(([name]) => takesAll || some.includes(name)))(
    '%s: %s',
    async (name, strategy, reason) => {
      await using host = await machineHost();
      const source = await lookAtSource(await archivedSource(host, name), host.files.workspace);
      const logFile = join(host.files.workspace, 'log');
      await writeFile(logFile, '');
      const decision = await chooseStrategy(host, {
        source,
        needs: await needsOf(source),
        distribution: parseDistribution('debian:12'),
        architecture: 'arm64',
        wanted: 'auto',
        buildAll: true,
        tests: 'auto',
        localPackages: [],
        engine: 'nspawn',
        mirror: undefined,
        image: undefined,
        version: undefined,
        output: join(host.files.workspace, 'out'),
        profiles: [],
        options: [],
        logFile,
        deadline: () => long,
      });
      expect(decision).toEqual({ strategy, reason: expect.stringMatching(reason) });
    },
    long,
  );
});
