import { lstat, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { comparePublicKey, holdsSecretKey, type KeyFacts, refusedForm } from '@release-kit/openpgp';
import { warn } from './key-warnings.ts';

/** More than any key. */
const maxBytes = 1024 * 1024;

/**
 * The public key in the repository, as bytes: it may be armored or binary. A pull request may put anything in its place, so only a plain file of
 * bounded size is read. E_PATH, E_KEY_FORMAT, E_KEY_PUBLISHED when it is a secret key.
 */
export async function readRepositoryKey(path: string): Promise<Uint8Array> {
  const found = await lstat(path).catch((error: unknown) => {
    throw new UserError('E_PATH', `input public-key cannot be read: ${inertLine(path)}`, { cause: error });
  });
  if (!found.isFile()) throw new UserError('E_PATH', `input public-key is not a plain file: ${inertLine(path)}`);
  if (found.size > maxBytes) throw new UserError('E_KEY_FORMAT', `the ${repositoryKeyName(path)} is longer than 1 MiB`);
  const content = await readFile(path);
  if (holdsSecretKey(content, repositoryKeyName(path))) throw secretInRepository(path);
  return content;
}

/** Here every form is read, but apt is what users have. */
export function warnOfForm(path: string, content: Uint8Array, host: Host): void {
  const refused = refusedForm(path, content);
  if (refused !== undefined) warn([`If users get the ${repositoryKeyName(path)} as it is: ${refused}.`], host);
}

/** How that file is called in messages. */
export function repositoryKeyName(path: string): string {
  return `public key ${inertLine(basename(path))}`;
}

/**
 * Makes sure that users who have the public key of the repository can verify what the first key signs; the second is the one they are to learn
 * of, so it only should be there. E_KEY_PUBLISHED, E_KEY_FORMAT, E_PATH.
 */
export async function compareWithRepository(keys: readonly KeyFacts[], path: string | undefined, host: Host): Promise<void> {
  if (path === undefined) return;
  const [content, name] = [await readRepositoryKey(path), repositoryKeyName(path)];
  warnOfForm(path, content, host);
  for (const [index, key] of keys.entries()) {
    const { problem, warnings } = await comparePublicKey(key, content, host.clock.now(), name);
    if (problem !== undefined && index === 0) throw new UserError('E_KEY_PUBLISHED', problem, { place: { file: path } });
    warn([...(problem === undefined ? [] : [`Of the second key: ${problem}; add it before users need it.`]), ...warnings], host);
  }
  host.log.info(`the ${name} verifies what is signed`);
}

function secretInRepository(path: string): UserError {
  return new UserError(
    'E_KEY_PUBLISHED',
    `the file ${inertLine(path)} holds a secret key, which everyone who can read the repository can use`,
    {
      cure: 'Revoke this key and make a new one: removing the file does not take it out of the history. Commit what gpg --armor --export writes.',
      place: { file: path },
    },
  );
}
