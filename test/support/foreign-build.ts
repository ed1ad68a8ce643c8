import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecordingHost, readInputs } from '@release-kit/action';
import { run, spec } from '@release-kit/action-build-deb';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
import { readManifest } from '@release-kit/manifest';
import { writeFiles } from './hostile.ts';

/** Milliseconds; the first build may have to make base systems, the foreign one emulated. */
export const long = 1_200_000;

type Given = Readonly<Record<string, string>>;

/** Builds the folder `source` of the workspace for arm64. */
export function buildWith(host: RecordingHost, given: Given) {
  const all = { source: 'source', architecture: 'arm64', timeout: '2h', ...given };
  return run(readInputs(spec, all, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);
}

/** Installs the packages that were built on a clean system of their architecture, and runs one command there. */
export async function runInstalled(host: RecordingHost, distribution: string, command: readonly [string, ...string[]]): Promise<string> {
  const out = join(host.files.workspace, 'out');
  const { files } = await readManifest(join(out, 'manifest.json'));
  const debs = files.filter((file) => file.kind === 'deb' && !file.package.endsWith('-dbgsym')).map((file) => file.path);
  const request = { distribution: parseDistribution(distribution), architecture: 'arm64', packages: basePackages.build };
  await using machine = await createMachine(host, await prepareBase(host, request), 'nspawn');
  await mkdir(join(host.files.workspace, 'debs'));
  for (const deb of debs) await copyFile(join(out, deb), join(host.files.workspace, 'debs', deb));
  await machine.copyIn(join(host.files.workspace, 'debs'), '/srv/debs');
  const install = ['apt-get', '-q', '-y', '--no-install-recommends', 'install', ...debs.map((deb) => `/srv/debs/${deb}`)] as const;
  await machine.run(install, { network: true, timeout: long });
  return (await machine.run(command, { timeout: long })).stdout;
}

/** A source with one program in C that crosses, without debhelper: of an emulated build that takes most of the time. */
export async function plainSource(folder: string): Promise<void> {
  const person = 'A Person <a@example.org>';
  await writeFiles(folder, {
    'debian/control':
      `Source: plain\nSection: misc\nPriority: optional\nMaintainer: ${person}\nRules-Requires-Root: no\nStandards-Version: 4.6.2\n\n` +
      // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own
      'Package: plain\nArchitecture: any\nDepends: ${shlibs:Depends}\nDescription: a program\n for a test\n',
    'debian/changelog': `plain (1.0) unstable; urgency=medium\n\n  * One.\n\n -- ${person}  Thu, 15 Jan 2026 12:00:00 +0000\n`,
    'debian/source/format': '3.0 (native)\n',
    'plain.c': '#include <stdio.h>\nint main(void) { return puts("plain") < 0; }\n',
    'debian/rules': plainRules,
  });
  await chmod(join(folder, 'debian/rules'), 0o755);
}

const plainRules = `#!/usr/bin/make -f
include /usr/share/dpkg/architecture.mk
include /usr/share/dpkg/buildflags.mk
clean:
	rm -rf debian/plain debian/substvars debian/files
build build-arch build-indep:
	mkdir -p debian/plain/DEBIAN debian/plain/usr/bin
	$(DEB_HOST_GNU_TYPE)-gcc $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o debian/plain/usr/bin/plain plain.c
	$(DEB_HOST_GNU_TYPE)-strip debian/plain/usr/bin/plain
binary-indep:
binary binary-arch: build
	dpkg-shlibdeps debian/plain/usr/bin/plain
	dpkg-gencontrol -Pdebian/plain
	dpkg-deb --root-owner-group --build debian/plain ..
.PHONY: clean build build-arch build-indep binary binary-arch binary-indep
`;
