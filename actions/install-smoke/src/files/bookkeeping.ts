// What installing and removing any package changes, or time alone: records of systemd and of accounts, caches that triggers make anew.
const common: readonly RegExp[] = [
  /^\/var\/cache\/(?:ldconfig|man|fontconfig|private)(\/|$)/,
  /^\/var\/log\/(?:journal|private)(\/|$)/,
  /^\/var\/log\/(?:lastlog|faillog|wtmp|btmp|wtmp\.db)$/,
  /^\/var\/lib\/lastlog(\/|$)/,
  /^\/var\/lib\/systemd\/(?:catalog|timers|timesync|coredump|pstore|rfkill|backlight|deb-systemd-helper-masked|deb-systemd-user-helper-masked)(\/|$)/,
  /^\/var\/lib\/systemd\/(?:random-seed|credential\.secret)$/,
  // Only the folders: what lies in them is of the packages.
  /^\/var\/lib\/systemd(?:\/deb-systemd(?:-user)?-helper-enabled)?$/,
  /^\/var\/lib\/private$/,
  /^\/etc\/(?:passwd|group|shadow|gshadow|subuid|subgid)-?$/,
  /^\/etc\/(?:ld\.so\.cache|\.pwd\.lock|machine-id|mtab|resolv\.conf|\.updated|adjtime|mailcap)$/,
  /^\/etc\/init\.d\/\.depend\.(?:boot|start|stop)$/,
  /^\/etc\/udev\/hwdb\.bin$|^\/usr\/lib\/udev\/hwdb\.bin$/,
  /^\/var\/\.updated$/,
  /\/__pycache__(\/|$)/,
  /^\/usr\/share\/info\/dir(\.old)?$/,
  /^\/usr\/share\/mime\//,
  /^\/usr\/share\/(?:applications\/mimeinfo\.cache|glib-2\.0\/schemas\/gschemas\.compiled|icons\/[^/]+\/icon-theme\.cache)$/,
  /^\/usr\/lib\/[^/]+\/(?:gconv\/gconv-modules\.cache|gio\/modules\/giomodule\.cache|gdk-pixbuf-2\.0\/[^/]+\/loaders\.cache)$/,
  /^\/boot\/(?:initrd\.img-|grub\/grub\.cfg$)/,
  // Of the running system: gone with the next boot, and made by systemd rather than by packages.
  /^\/run\/(?:systemd|user|log|lock|udev|dbus|mount|sudo|adduser|utmp|initctl|credentials|blkid|shm|host|cloud-init)(\/|$)/,
  /^\/tmp\/(?:systemd-private-[^/]+|\.(?:X11|ICE|XIM|font|Test)-unix)(\/|$)/,
  /^\/var\/tmp\/systemd-private-[^/]+(\/|$)/,
  // Where systemd makes the /dev of a service with PrivateDevices=. One that is stopped in the moment of its start leaves it there.
  /^\/tmp\/namespace-dev-[A-Za-z0-9]{6}(\/|$)/,
];

/** Whether a path changes with every installation, whatever is installed. `managed`: those of the package manager. */
export function isBookkeeping(path: string, managed: readonly RegExp[]): boolean {
  return common.some((pattern) => pattern.test(path)) || managed.some((pattern) => pattern.test(path));
}
