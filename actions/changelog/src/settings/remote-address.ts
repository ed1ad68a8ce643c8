/**
 * The web address of the repository that a remote of git names: `https://host/owner/name`. undefined for a path, another protocol, and whatever else is no
 * plain name of a repository. A user or a password in it never comes out, since some put tokens there.
 */
export function remoteAddress(remote: string): string | undefined {
  const found = scpLike.exec(remote) ?? secureShell.exec(remote) ?? web.exec(remote);
  const [, host, path] = found ?? [];
  if (host === undefined || path === undefined) return undefined;
  const plain = path.replace(/\/$/, '').replace(/\.git$/, '');
  return plain.split('/').every((part) => /^[\w.~-]+$/.test(part) && !/^\.+$/.test(part)) && plain.includes('/')
    ? `https://${host.toLowerCase()}/${plain}`
    : undefined;
}

const host = '([A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?)';
/** git-clone(1), "GIT URLS". */
const scpLike = new RegExp(`^(?:[\\w.-]{1,64}@)?${host}:(?!/)([^\\s:]{1,400})$`);
/** The port is that of the secure shell, not of the pages. */
const secureShell = new RegExp(`^(?:git\\+)?ssh://(?:[^@/\\s]{1,200}@)?${host}(?::\\d{1,5})?/([^\\s:]{1,400})$`);
const web = new RegExp(`^https?://(?:[^@/\\s]{1,400}@)?${host}/([^\\s:]{1,400})$`);
