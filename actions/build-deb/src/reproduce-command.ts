export interface ReproduceFacts {
  /** Folder or .dsc file, as a person at the root of the checkout would name it. */
  readonly source: string;
  readonly architecture: string;
  readonly distribution: string;
  readonly strategy: string;
}

/** The command that builds the same on another machine, ready to be pasted into a shell. */
export function reproduceCommand({ source, architecture, distribution, strategy }: ReproduceFacts): string {
  // A path that looks like an option is none with ./ before it.
  const path = source === '' ? '.' : source.startsWith('-') ? `./${source}` : source;
  return ['scripts/build-local.sh', `--arch=${architecture}`, `--distribution=${distribution}`, `--strategy=${strategy}`, path]
    .map(shellWord)
    .join(' ');
}

/** A word of a POSIX shell, quoted where it has to be; control characters by $'…' of bash, so that a terminal shows them harmlessly. */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(word) && !word.startsWith('~')) return word;
  if (!/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  const escaped = word
    .replace(/[\\']/g, '\\$&')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    });
  return `$'${escaped}'`;
}
