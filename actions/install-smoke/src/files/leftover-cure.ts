const cures: readonly (readonly [RegExp, string])[] = [
  [
    /^\/(?:etc\/systemd\/(?:system|user)|var\/lib\/systemd\/deb-systemd-[^/]+)\//,
    'Let debhelper handle the unit (dh_installsystemd), or call deb-systemd-helper purge and unmask in postrm.',
  ],
  [/^\/etc\/rc[0-6S]\.d\//, 'Let debhelper handle the init script (dh_installinit), or call update-rc.d PACKAGE remove in postrm.'],
  [/^\/(?:etc\/alternatives|var\/lib\/dpkg\/alternatives)\//, 'Call update-alternatives --remove in prerm.'],
  [/^\/var\/spool\/cron\/|^\/etc\/cron/, 'Remove the cron job in postrm when called with purge.'],
  [/^\/var\/lib\/systemd\/linger\//, 'Call loginctl disable-linger in prerm.'],
  [/^\/var\/lib\/(?:systemd\/)?private\/|^\/var\/cache\/private\//, 'Remove what DynamicUser= kept in postrm when called with purge.'],
  [/^\/etc\/(?:tmpfiles|sysusers)\.d\//, 'Ship the file in /usr/lib instead; a file in /etc is for administrators.'],
  [/^\/(?:var\/)?tmp\//, 'Let the script that makes it remove it, also when it fails (trap in sh).'],
  [/^\/run\//, 'Declare it as RuntimeDirectory= of the service, so that systemd removes it.'],
  [/^\/(?:home|root)(\/|$)/, 'Packages may not use home folders (Debian Policy 9.1.1); give the user one below /var/lib.'],
  [/^\/usr\/local\//, 'Packages make nothing but empty folders in /usr/local, and remove those in prerm (Debian Policy 9.1.2).'],
  [/^\/var\/log\//, 'Remove the logs in postrm when called with purge (Debian Policy 10.8).'],
  [/^\/etc\//, 'Ship the file as a conffile, or remove it in postrm when called with purge (Debian Policy 10.7).'],
];

/** What most likely removes a path that stayed behind. */
export function cureOfAdded(path: string): string {
  return cures.find(([pattern]) => pattern.test(path))?.[1] ?? 'Remove it in postrm when called with purge.';
}

/** What most likely undoes the change of a path. */
export function cureOfChanged(path: string): string {
  if (path === '/etc/shells') return 'Call remove-shell in postrm.';
  if (/^\/etc\/pam\.d\/common-/.test(path)) return 'Call pam-auth-update --remove in prerm.';
  if (path === '/etc/inetd.conf') return 'Call update-inetd --remove in postrm.';
  return 'Undo the change in postrm, or do not edit files of other packages.';
}
