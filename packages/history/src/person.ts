/** Somebody a footer names; both texts are a stranger's. */
export interface Person {
  readonly name: string;
  /** Lower case, since people write theirs in many ways. */
  readonly email: string;
}

/** `Name <address>`, as git writes authors; undefined for anything else. Linear time. */
export function parsePerson(text: string): Person | undefined {
  const open = text.lastIndexOf('<');
  if (open === -1 || !text.endsWith('>')) return undefined;
  const name = text.slice(0, open).trim();
  const email = text.slice(open + 1, -1).trim();
  if (name === '' || email === '' || email.length > maxEmail || /[\s<>]/.test(email) || name.length > maxName) return undefined;
  return { name, email: email.toLowerCase() };
}

const maxEmail = 254;
const maxName = 200;
