import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '../history.ts';
import { tinySource, writeFiles } from '../hostile.ts';
import { type Caller, callerRepository } from './caller.ts';
import { crossed } from './examples.ts';

/** A program in C, which crosses, for two distributions and two architectures: three jobs. Without debhelper, so that a build takes a second or two. */
export const crossingCaller = (folder: string, workflows: Readonly<Record<string, string>>): Promise<Caller> =>
  callerRepository(
    folder,
    'octo-org/whereami',
    async (checkout) => {
      await tinySource(checkout, [], '1.0.0');
      await writeFiles(checkout, {
        'debian/control': (await readFile(join(checkout, 'debian/control'), 'utf8'))
          .replaceAll(/^(Source|Package): tiny$/gm, '$1: whereami')
          .replace('Architecture: all', 'Architecture: any\nDepends: libc6'),
        'debian/changelog': (await readFile(join(checkout, 'debian/changelog'), 'utf8')).replace('tiny (', 'whereami ('),
        'whereami.c':
          '#include <stdio.h>\n#include <sys/utsname.h>\nint main(void) { struct utsname here; return uname(&here) || puts(here.machine) < 0; }\n',
        'release-kit.yml':
          `distributions: ['debian:12', 'debian:13']\narchitectures: [amd64, arm64]\n${crossed('.')}${withoutOne}` +
          'lint:\n  fail-on: never\nsmoke:\n  commands: [whereami]\n',
      });
      await writeFiles(checkout, { 'debian/rules': compilingRules }, 0o755);
      await git(checkout, 0, ['init', '--quiet', '--initial-branch=main']);
      await git(checkout, 0, ['add', '--all']);
      await git(checkout, 0, ['commit', '--quiet', '--message', 'feat: say which machine this is']);
    },
    workflows,
  );

const compilingRules = [
  '#!/usr/bin/make -f',
  'include /usr/share/dpkg/default.mk',
  'include /usr/share/dpkg/buildtools.mk',
  'clean:',
  '\trm -rf whereami debian/whereami debian/files',
  'build build-arch build-indep: whereami',
  'whereami: whereami.c',
  '\t$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $<',
  'binary-indep:',
  'binary binary-arch: build',
  '\tinstall -D --strip --strip-program=$(STRIP) whereami debian/whereami/usr/bin/whereami',
  '\tmkdir debian/whereami/DEBIAN',
  '\tdpkg-gencontrol -pwhereami -Pdebian/whereami',
  '\tdpkg-deb --root-owner-group --build debian/whereami ..',
  '.PHONY: clean build build-arch build-indep binary binary-arch binary-indep',
  '',
].join('\n');

/** Debian 13 emulated by the qemu of Debian 12 ends now and then in the middle of a program, whatever is tried in it. */
const withoutOne = "matrix:\n  exclude:\n    - { distribution: 'debian:13', architecture: arm64 }\n";
