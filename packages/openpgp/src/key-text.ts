import { UserError } from '@release-kit/action';
import type { Key, PrivateKey, PublicKey } from 'openpgp';
import { damaged, decodeKeys, type EncodedKeys, noKeyInside, revocationOnly } from './key-encodings.ts';
import {
  beginsKey,
  beginsRevocation,
  type KeyPacketBytes,
  packetTags,
  publicPart,
  splitKeys,
  splitPackets,
  withoutCard,
} from './key-packets.ts';
import { loadOpenpgp } from './library.ts';

/** What a text held, in its order. */
export interface ReadKeys<K> {
  readonly keys: readonly K[];
  /** Public parts (hexadecimal) of those whose secret part is on a smartcard. */
  readonly onCards: ReadonlySet<string>;
  /** Sentences about what else was there and cannot be used. */
  readonly leftOut: readonly string[];
}

/** Reads the secret keys in whatever form people paste or keep them (see `decodeKeys`). E_KEY_FORMAT, E_KEY_PUBLIC_ONLY, E_KEY_UNUSABLE. */
export async function readSecretKeys(given: string | Uint8Array, name = 'signing key'): Promise<ReadKeys<PrivateKey>> {
  const all = decodeKeys(given, name);
  if (all.every(({ packets }) => beginsRevocation(packets))) throw revocationOnly(name);
  const blocks = all.filter(({ kind }) => kind !== 'public');
  const secret = blocks.flatMap((block) => splitBlock(block, name)).filter(([first]) => first?.tag === packetTags.secretKey);
  if (secret.length === 0) throw new UserError('E_KEY_PUBLIC_ONLY', `the ${name} is a public key: there is nothing to sign with`);
  const read = await parseKeys(secret, name);
  return { ...read, keys: read.keys.flatMap((key) => (key.isPrivate() ? [key] : [])) };
}

/** Reads public keys in the same forms; secret parts that are there are left out, see `holdsSecretKey`. E_KEY_FORMAT, E_KEY_UNUSABLE. */
export async function readCertificates(given: string | Uint8Array, name = 'public key'): Promise<readonly PublicKey[]> {
  const all = decodeKeys(given, name);
  if (all.every(({ packets }) => beginsRevocation(packets))) throw revocationOnly(name);
  const split = all.flatMap((block) => splitBlock(block, name));
  return (await parseKeys(split, name)).keys.map((key) => key.toPublic());
}

/** Whether a file that is meant for everyone holds a secret key. E_KEY_FORMAT. */
export function holdsSecretKey(given: string | Uint8Array, name = 'public key'): boolean {
  const packets = decodeKeys(given, name).flatMap((block) => splitPackets(block.packets, name));
  return packets.some(({ tag }) => tag === packetTags.secretKey || tag === packetTags.secretSubkey);
}

function splitBlock({ kind, packets }: EncodedKeys, name: string): readonly (readonly KeyPacketBytes[])[] {
  // What is no block may be no key at all, and its length then means nothing.
  if (kind === undefined && !beginsKey(packets)) throw noKeyInside(name);
  const keys = splitKeys(splitPackets(packets, name));
  if (keys.length === 0) throw damaged(`the ${name} is damaged: there is no key in its block`);
  return keys;
}

async function parseKeys(split: readonly (readonly KeyPacketBytes[])[], name: string): Promise<ReadKeys<Key>> {
  const { readKeys } = await loadOpenpgp();
  const keys: Key[] = [];
  const leftOut = new Set<string>();
  const onCards = new Set<string>();
  for (const packets of split) {
    const version = packets[0]?.body[0];
    if (version === undefined) throw damaged(`the ${name} is damaged: a key in it is empty`);
    if (version !== 4) {
      leftOut.add(`a key of version ${version}, which ${strangersTo(version)}`);
      continue;
    }
    const known = packets.map(withoutCard);
    try {
      keys.push(...(await readKeys({ binaryKeys: Buffer.concat(known.map(({ packet }) => packet)) })));
    } catch (error) {
      throw damaged(`the ${name} is damaged: its parts cannot be read`, error);
    }
    for (const [index, { card }] of known.entries()) if (card) onCards.add(publicPart(packets[index]?.body ?? Buffer.of()));
  }
  if (keys.length === 0) throw unknownVersion([...leftOut], name);
  return { keys, onCards, leftOut: [...leftOut] };
}

/** Versions of keys; RFC 9580, section 5.5.2, and the draft of LibrePGP. */
function strangersTo(version: number): string {
  if (version === 6) return 'gpg 2.2 and 2.4 and the apt of Debian 12 do not know (RFC 9580)';
  if (version === 5) return 'gpg 2.2, sqv and apt do not know (LibrePGP)';
  return version === 2 || version === 3 ? 'every apt refuses (made before 1998)' : 'no program knows';
}

function unknownVersion(leftOut: readonly string[], name: string): UserError {
  return new UserError('E_KEY_UNUSABLE', `the ${name} cannot sign for users of apt: it is ${leftOut.join('; ')}`, {
    cure: 'Make a key of version 4: gpg --quick-gen-key does; with sq, say --profile rfc4880.',
  });
}
