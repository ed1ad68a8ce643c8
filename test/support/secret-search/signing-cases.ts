import type { MadeKey } from './signing-keys.ts';
import type { Secret } from './sought.ts';

/** Inputs of one run of sign-artifacts with secrets in them, right or wrong. */
export interface SigningCase {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** What the run ends with when nobody stops it. */
  readonly ends: 'success' | 'failure';
  readonly secrets: readonly Secret[];
}

export interface CaseKeys {
  readonly locked: MadeKey;
  readonly rsa: MadeKey;
  readonly open: MadeKey;
}

const base64 = (content: string | Buffer): string => Buffer.from(content).toString('base64');
const wrapped = (text: string): string => (text.match(/.{1,76}/g) ?? []).join('\n');

/** Each form in which people store a key, and each mistake that makes a message about it. */
export function signingCases({ locked, rsa, open }: CaseKeys): readonly SigningCase[] {
  const of = (key: MadeKey, name: string, text: string, ends: SigningCase['ends'], passphrase = key.passphrase): SigningCase => ({
    name,
    inputs: { key: text, ...(passphrase === '' ? {} : { passphrase }) },
    ends,
    // A wrong passphrase is somebody's, too.
    secrets: [
      ...key.secrets,
      ...(passphrase === key.passphrase || passphrase === '' ? [] : [{ name: 'other passphrase', bytes: Buffer.from(passphrase) }]),
    ],
  });
  const { armored } = locked;
  const lines = armored.split('\n');
  const middle = Math.floor(lines.length / 2);
  return [
    of(locked, 'the armored block', armored, 'success'),
    // The command takes it for a variable of somebody else's, and signs.
    { ...of(locked, 'mode check', armored, 'success'), inputs: { mode: 'check', key: armored, passphrase: locked.passphrase } },
    of(rsa, 'RSA, base64 of the block', base64(rsa.armored), 'success'),
    of(open, 'base64 of the binary export, wrapped', wrapped(base64(open.binary)), 'success'),
    of(locked, 'written-out line ends', armored.replaceAll('\n', '\\n'), 'success'),
    of(open, 'CRLF and noise', `sec ed25519\r\n\r\n${open.armored.replaceAll('\n', '\r\n')}\r\nthat was all`, 'success'),
    of(open, 'a passphrase that is not needed', open.armored, 'success', 'not needed, but secret'),
    {
      name: 'two keys',
      inputs: {
        key: base64(locked.armored),
        passphrase: locked.passphrase,
        'second-key': base64(rsa.binary),
        'second-passphrase': rsa.passphrase,
      },
      ends: 'success',
      secrets: [...locked.secrets, ...rsa.secrets],
    },
    { ...of(rsa, 'two keys, the second damaged', rsa.armored, 'failure'), ...second(rsa, locked) },
    of(locked, 'another passphrase', armored, 'failure', `${locked.passphrase} and more`),
    of(locked, 'the key in place of the passphrase', armored, 'failure', armored),
    of(locked, 'no passphrase', armored, 'failure', ''),
    of(locked, 'cut off', armored.slice(0, armored.length / 2), 'failure'),
    of(rsa, 'base64, cut off', base64(rsa.binary).slice(0, 1200), 'failure'),
    of(locked, 'one line twice', lines.toSpliced(middle, 0, lines[middle] ?? '').join('\n'), 'failure'),
    of(open, 'a letter changed', changed(open.armored), 'failure'),
    of(
      open,
      'bytes changed, without a checksum',
      base64(Buffer.from(open.binary.map((byte, index) => (index === 20 ? byte ^ 1 : byte)))),
      'failure',
    ),
    of(locked, 'without its first line', armored.replace(/^-----BEGIN.*\n/, ''), 'failure'),
  ];
}

/** The first key is right, the second one is not. */
function second(key: MadeKey, damaged: MadeKey): Pick<SigningCase, 'inputs' | 'secrets'> {
  const text = changed(damaged.armored);
  return {
    inputs: { key: key.armored, passphrase: key.passphrase, 'second-key': text, 'second-passphrase': damaged.passphrase },
    secrets: [...key.secrets, ...damaged.secrets],
  };
}

/** In a line of the secret part. */
function changed(armored: string): string {
  const lines = armored.split('\n');
  const line = lines[4] ?? '';
  return lines.with(4, `${line.slice(0, 20)}${line[20] === 'A' ? 'B' : 'A'}${line.slice(21)}`).join('\n');
}
