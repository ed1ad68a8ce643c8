import { inertLine } from '@release-kit/action';
import { parseDeb822 } from '@release-kit/debian';
import { ProblemError } from '../problem.ts';

/** A source of apt with keys of its own, sources.list(5). */
export interface AptSource {
  readonly format: 'list' | 'sources';
  /** Names the keys as `keysInMachine`, where they are a file. */
  readonly text: string;
  /** File of keys on this host; undefined: they are in the text. */
  readonly keyring: string | undefined;
}

/** Where the keys of a source lie in the machine. */
export const keysInMachine = '/srv/older/keys.gpg';
const loosening = /^(?:trusted|allow-insecure|allow-weak|allow-downgrade-to-insecure|check-valid-until)$/i;

/**
 * Reads a source that a user gave, as one line or as a deb822 paragraph. What it brings is installed as root: a source that is
 * believed without keys is refused, as a ProblemError.
 */
export function readAptSource(text: string): AptSource {
  return /^[ \t]*[A-Za-z-]+:[ \t]/m.test(text) && !text.startsWith('deb ') ? readParagraph(text) : readLine(text.trim());
}

function readLine(text: string): AptSource {
  const [, options = ''] = /^deb \[([^\]]*)\] \S+ \S+(?: \S+)*$/.exec(text) ?? [];
  const words = options.split(/\s+/).filter((word) => word !== '');
  const keyring = words.find((word) => word.startsWith('signed-by='))?.slice('signed-by='.length);
  if (keyring === undefined || keyring === '' || keyring.includes(',')) throw refused(text, 'names no file of keys');
  const loose = words.map((word) => word.split('=')[0] ?? '').find((name) => loosening.test(name));
  if (loose !== undefined) throw refused(text, `has the option ${inertLine(loose)}`);
  return { format: 'list', text: `${text.replace(`signed-by=${keyring}`, `signed-by=${keysInMachine}`)}\n`, keyring };
}

function readParagraph(text: string): AptSource {
  const [first, ...more] = parseDeb822(`${text.trim()}\n`, 'smoke.previous', { handwritten: true });
  if (first === undefined || more.length > 0) throw refused(text, 'is not one paragraph');
  const signed = first.get('Signed-By') ?? '';
  const loose = first.fields.find(({ name }) => loosening.test(name));
  if (loose !== undefined) throw refused(text, `has the field ${inertLine(loose.name)}`);
  if ((first.get('Types') ?? '') !== 'deb') throw refused(text, 'does not have the type deb');
  const inside = signed.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----');
  if (!inside && !/^\S+$/.test(signed)) throw refused(text, 'names no file of keys in Signed-By');
  const lines = first.fields.map(({ name, value }) => {
    const written = name.toLowerCase() === 'signed-by' && !inside ? keysInMachine : value.split('\n').join('\n ');
    return `${name}:${written.startsWith('\n') ? '' : ' '}${written}`;
  });
  return { format: 'sources', text: `${lines.join('\n')}\n`, keyring: inside ? undefined : signed };
}

function refused(text: string, why: string): ProblemError {
  return new ProblemError({
    category: 'no-previous',
    message: `the source ${JSON.stringify(inertLine(text.split('\n')[0] ?? ''))} ${why}`,
    cure: 'Write: apt:deb [signed-by=<file of keys>] <address> <suite> <components>.',
  });
}
