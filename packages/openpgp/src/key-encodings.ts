import { UserError } from '@release-kit/action';
import { checksumMatches } from './armor-checksum.ts';
import { likeness } from './key-likeness.ts';

/** A key of 16 KiB is large; more is not a key. */
const maxLength = 1024 * 1024;

const blockBegin = /-----BEGIN PGP (PRIVATE|PUBLIC) KEY BLOCK-----/g;
const otherBlock = /-----(?:BEGIN|END) ([A-Z0-9 ]{1,40})-----/;
/** A line such as `Comment: x`; RFC 9580, section 6.2.2. */
const armorHeader = /^[A-Za-z][A-Za-z0-9-]*: /;
const base64Quads = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?';
/** Content and checksum of an armored block without blanks: what is left when line ends are lost as well. */
const armorBody = new RegExp(`^(${base64Quads})(?:=([A-Za-z0-9+/]{4}))?$`);

export type KeyKind = 'secret' | 'public';

export interface EncodedKeys {
  /** What the block calls itself; undefined when it is no armored block. */
  readonly kind: KeyKind | undefined;
  /** OpenPGP packets, not looked at. */
  readonly packets: Uint8Array;
}

/**
 * Takes the keys out of what people store in a secret or a file: armored blocks (with noise around them, CRLF, a byte-order mark,
 * UTF-16, lost line ends, or `\n` written out), base64 of blocks or of the binary form, or the binary form itself.
 * `name` is how the key is called in messages. E_KEY_FORMAT.
 */
export function decodeKeys(given: string | Uint8Array, name: string): readonly EncodedKeys[] {
  if (given.length > maxLength) throw wrongFormat(`the ${name} is longer than 1 MiB`);
  if (typeof given !== 'string' && isKeybox(given)) throw keybox(name);
  if (typeof given !== 'string' && isBinary(given)) return [{ kind: undefined, packets: given }];
  const text = unescaped(typeof given === 'string' ? given : decodeText(given));
  if (text.trim() === '') throw emptyKey(name);
  if (text.includes('-----')) return decodeBlocks(text, name);
  const other = likeness(text);
  if (other !== undefined) throw wrongFormat(`the ${name} is ${other}`);
  const bytes = decodeBase64(unwrapped(text));
  if (bytes === undefined) throw wrongFormat(`the ${name} is neither an armored block nor its base64 form`);
  if (isBinary(bytes)) return [{ kind: undefined, packets: bytes }];
  // Within base64 of an armored block the same accidents may have happened as outside.
  const inner = unescaped(decodeText(bytes));
  if (!inner.includes('-----')) throw noKeyInside(name);
  return decodeBlocks(inner, name);
}

/** The first byte of every packet has its highest bit set; RFC 9580, section 4.2. A byte-order mark of UTF-8 or UTF-16 has it, too. */
function isBinary(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  const mark =
    (first === 0xef && second === 0xbb && third === 0xbf) || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return (first & 0x80) !== 0 && !mark;
}

/** What gpg keeps keys in since 2.1, and what `gpg --keyring FILE --import` writes. */
function isKeybox(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'KBXf';
}

/** UTF-16 is what a redirection in PowerShell writes. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8').decode(bytes);
}

/** One reading, however many backslashes there are. */
function unescaped(text: string): string {
  const plain = text
    .replaceAll('\ufeff', '')
    .replace(/(?<!\\)\\+r/g, '')
    .replace(/(?<!\\)\\+n/g, '\n');
  return plain.replace(/\r\n?/g, '\n');
}

function decodeBlocks(text: string, name: string): readonly EncodedKeys[] {
  const found = armoredBlocks(text);
  if (found.length > 0) return found.map(({ kind, content }) => ({ kind, packets: decodeArmor(content, name) }));
  if (text.search(blockBegin) !== -1) throw cutOff(`the ${name} is cut off: its END line is missing`);
  const [, other] = otherBlock.exec(text) ?? [];
  if (other?.endsWith('KEY BLOCK') === true) throw cutOff(`the ${name} is cut off: its BEGIN line is missing`);
  throw wrongFormat(
    other === undefined
      ? `the ${name} is neither an armored block nor its base64 form`
      : `the ${name} is no OpenPGP key, but a block "${other}"`,
  );
}

/** From each BEGIN to the next END of its kind; a file in a pull request may hold nothing but BEGIN lines, so nothing is read twice. */
function armoredBlocks(text: string): readonly { readonly kind: KeyKind; readonly content: string }[] {
  const blocks: { readonly kind: KeyKind; readonly content: string }[] = [];
  const endless = new Set<string | undefined>();
  let read = 0;
  for (const { index, 0: begin, 1: kind } of text.matchAll(blockBegin)) {
    if (index < read || endless.has(kind)) continue;
    const start = index + begin.length;
    const end = text.indexOf(`-----END PGP ${kind} KEY BLOCK-----`, start);
    if (end === -1) endless.add(kind);
    else blocks.push({ kind: kind === 'PRIVATE' ? 'secret' : 'public', content: text.slice(start, end) });
    read = Math.max(read, end);
  }
  return blocks;
}

function decodeArmor(content: string, name: string): Uint8Array {
  const lines = content.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  if (lines.length === 1 && lines.some((line) => armorHeader.test(line)))
    throw damaged(`the ${name} lost its line ends, so that its headers cannot be told from its content`);
  const [, body, checksum] =
    armorBody.exec(
      lines
        .filter((line) => !armorHeader.test(line))
        .join('')
        .replace(/\s/g, ''),
    ) ?? [];
  if (body === undefined) throw damaged(`the ${name} is damaged: letters are missing or were added, or are none of base64`);
  const packets = Buffer.from(body, 'base64');
  if (checksum !== undefined && !checksumMatches(packets, checksum)) throw damaged(`the ${name} is damaged: its checksum does not match`);
  return packets;
}

/** Without quotes around it, and without the `%` that zsh prints behind a line that has no end. */
function unwrapped(text: string): string {
  const bare = text.trim().replace(/%$/, '');
  const [first] = bare;
  return (first === '"' || first === "'") && bare.length > 1 && bare.endsWith(first) ? bare.slice(1, -1) : bare;
}

/** On one line or wrapped; with the letters for addresses as well; undefined when it is none. */
function decodeBase64(text: string): Buffer | undefined {
  const [, body] = armorBody.exec(text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/')) ?? armorBody.exec(padded(text)) ?? [];
  return body === undefined || body === '' ? undefined : Buffer.from(body, 'base64');
}

/** Some encoders leave out the padding. */
function padded(text: string): string {
  const compact = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  return compact.padEnd(Math.ceil(compact.length / 4) * 4, '=');
}

const again = 'Export it again with gpg --armor --export-secret-keys';

function wrongFormat(message: string): UserError {
  return new UserError('E_KEY_FORMAT', message);
}

function keybox(name: string): UserError {
  return new UserError('E_KEY_FORMAT', `the ${name} is a keybox of gpg, which is for gpg alone`, {
    cure: 'Export the key: gpg --no-default-keyring --keyring FILE --armor --export.',
  });
}

export function noKeyInside(name: string): UserError {
  return wrongFormat(`the ${name} is base64, but not of an OpenPGP key`);
}

function emptyKey(name: string): UserError {
  return new UserError('E_KEY_FORMAT', `the ${name} is empty`, {
    cure: 'Set the secret; a secret that is not set, or that a calling workflow does not pass on (secrets: inherit), arrives empty.',
  });
}

/** What gpg keeps in openpgp-revocs.d, pasted in place of the key. */
export function revocationOnly(name: string): UserError {
  return new UserError('E_KEY_FORMAT', `the ${name} is a revocation certificate: it ends a key, and signs nothing`, {
    cure: 'Take it out and keep it offline: whoever has it can end your key. Export the key with gpg --armor --export-secret-keys, and paste that.',
  });
}

/** Something at the end, or the beginning, is not there. */
export function cutOff(message: string): UserError {
  return new UserError('E_KEY_FORMAT', message, {
    cure: `${again} and paste all of it, from -----BEGIN to the end of the END line; its base64 form on one line is hardest to lose something of.`,
  });
}

/** Something in the middle is not as it was. */
export function damaged(message: string, cause?: unknown): UserError {
  return new UserError('E_KEY_FORMAT', message, {
    cure: `${again} and paste it unchanged; gpg --show-keys with the text on its standard input must list the key.`,
    ...(cause === undefined ? {} : { cause }),
  });
}
