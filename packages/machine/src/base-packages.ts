/** The package sets of the three base systems, besides the minimum that mmdebstrap installs. */
export const basePackages = {
  /** What nearly every package builds with, so that a build fetches little besides. */
  build: ['build-essential', 'debhelper', 'fakeroot'],
  lint: ['lintian'],
  /** A system that boots and nothing more: what a package needs it has to ask for. */
  smoke: ['dbus', 'systemd', 'systemd-sysv'],
} as const satisfies Record<string, readonly string[]>;
