import type { TinyPackage } from '../packages.ts';

/** Something that packages do wrong, made small. What release-kit says of it is in test/fixtures/smoke-gallery.json. */
export interface BrokenPackage {
  /** Unique; the packages' own name is `broken` unless the entry needs several. */
  readonly name: string;
  readonly packages: readonly TinyPackage[];
  /** The release before it: the folder `previous` of the workspace. */
  readonly previous?: readonly TinyPackage[];
  /** Further files of its source tree. */
  readonly source?: Readonly<Record<string, string>>;
  /** Lines below `smoke:` of its release-kit.yml. */
  readonly smoke?: readonly string[];
  /** Much like another one: tried in the long tests only. */
  readonly isVariation?: true;
  /** The test of test/integration (`smoke-units`) that shows the same in a machine with others: alone it is tried in the long tests only. */
  readonly shownBy?: string;
  /** Limit of each step; default 60 s. Short where something hangs. */
  readonly timeout?: string;
}

export const unitFolder = 'usr/lib/systemd/system';

/** A unit file of a service, as maintainers write them. */
export function serviceFile(...lines: readonly string[]): string {
  return ['[Unit]', 'Description=Broken', '', '[Service]', ...lines, '', '[Install]', 'WantedBy=multi-user.target', ''].join('\n');
}

/** What debhelper 13 writes into the maintainer scripts for units: dh_installsystemd(1), autoscripts of debhelper. */
export function unitScripts(...units: readonly string[]): { readonly postinst: string; readonly prerm: string; readonly postrm: string } {
  const names = units.map((unit) => `'${unit}'`).join(' ');
  return {
    postinst: `if [ "$1" = configure ]; then
	for unit in ${names}; do
		deb-systemd-helper unmask "$unit" >/dev/null || true
		if deb-systemd-helper --quiet was-enabled "$unit"; then
			deb-systemd-helper enable "$unit" >/dev/null || true
		else
			deb-systemd-helper update-state "$unit" >/dev/null || true
		fi
	done
	if [ -d /run/systemd/system ]; then
		systemctl --system daemon-reload >/dev/null || true
		if [ -n "$2" ]; then action=restart; else action=start; fi
		deb-systemd-invoke $action ${names} >/dev/null || true
	fi
fi`,
    prerm: `if [ -d /run/systemd/system ] && [ "$1" = remove ]; then
	deb-systemd-invoke stop ${names} >/dev/null || true
fi`,
    postrm: `if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
	systemctl --system daemon-reload >/dev/null || true
fi
if [ "$1" = purge ]; then
	deb-systemd-helper purge ${names} >/dev/null || true
fi`,
  };
}

/** A package with one service of its own name. `lines`: its section Service. */
export function servicePackage(lines: readonly string[], more: Partial<TinyPackage> = {}): TinyPackage {
  const unit = 'broken.service';
  return {
    name: 'broken',
    ...more,
    files: { [`${unitFolder}/${unit}`]: serviceFile(...lines), ...more.files },
    scripts: { ...unitScripts(unit), ...more.scripts },
  };
}

/** A daemon in a file, of Perl as every system of Debian has it; it answers HTTP with `status` on `address`. */
export function httpDaemon(address: string, status = '200 OK', body = 'ok'): string {
  return `#!/usr/bin/perl
use strict;
use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalAddr => '${address}', Listen => 5, ReuseAddr => 1) or die "cannot listen: $!\\n";
while (my $client = $server->accept) {
    while (my $line = <$client>) { last if $line =~ /^\\r?\\n$/ }
    print $client "HTTP/1.0 ${status}\\r\\nContent-Length: ${body.length}\\r\\n\\r\\n${body}";
    close $client;
}
`;
}

/** What stands below one section of the configuration, for entries that only name their service. */
export const ownService = ['services:', '  - unit: broken.service'];
