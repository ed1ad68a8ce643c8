import { UserError } from '@release-kit/action';

/** A commit as git logs it: all text is a stranger's. */
export interface LoggedCommit {
  /** 40 or 64 hexadecimal digits. */
  readonly sha: string;
  readonly parents: readonly string[];
  /** As the commit has it: a mail map that others do not have does not change it. Maybe empty. */
  readonly authorName: string;
  /** Maybe empty. */
  readonly authorEmail: string;
  /** Of the committer, seconds since 1970; 0 where the commit has none that git can read, or none before the year 10000. */
  readonly timestamp: number;
  /** Whole, as UTF-8 whatever the commit's own encoding; bytes that cannot be read are U+FFFD. */
  readonly message: string;
  /** Changed files, relative to the root (for a merge: against its first parent); undefined when not asked for. */
  readonly paths: readonly string[] | undefined;
}

/**
 * For `git log -z`. NUL cannot stand in any of these, so nothing that people write can look like the end of a field; and since no file has an
 * empty name, the NUL in front tells a commit from the name of a file.
 */
export const logFormat = ['', '%H', '%P', '%an', '%ae', '%ct', '%B'].join('%x00');

/** The end of the year 9999, in seconds: no date that people made is beyond it, and none that JavaScript cannot tell. */
const lastSecond = 253_402_300_799;
/** Bytes of one field. No message that people wrote is longer, and a history must not be able to fill our memory. */
const maxField = 16 * 1024 * 1024;
const maxTexts = 10_000;

type Field = 'mark' | 'sha' | 'parents' | 'authorName' | 'authorEmail' | 'timestamp' | 'message';

/**
 * Takes the answer of `git log -z --format=<logFormat>` in chunks as they come. Each text is decoded by itself and once, so that one that somebody keeps does not
 * keep the log around it. Time is linear, whatever the length of a message.
 */
export class LogParser {
  readonly #withPaths: boolean;
  /** Where we are: at the NUL in front (or at the name of a file), or in a field. */
  #field: Field = 'mark';
  /** Of the field that is not complete. */
  #parts: Uint8Array[] = [];
  #partsLength = 0;
  #sha = '';
  #parents: readonly string[] = [];
  #authorName = '';
  #authorEmail = '';
  #timestamp = 0;
  /** Complete but for its paths. */
  #open: (LoggedCommit & { readonly paths: string[] }) | undefined;
  #complete: LoggedCommit[] = [];
  /** Names and addresses, each once: few people write many commits. */
  #texts = new Map<string, string>();

  /** `withPaths`: the answer is one of `--name-only`. */
  constructor(withPaths: boolean) {
    this.#withPaths = withPaths;
  }

  /** The commits that are complete now. Throws UserError E_GIT for one that is far too large. */
  take(chunk: Uint8Array): readonly LoggedCommit[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      if (this.#partsLength === 0) this.#takeField(bytes, start, end);
      else {
        const whole = Buffer.concat([...this.#parts, bytes.subarray(start, end)]);
        this.#parts = [];
        this.#partsLength = 0;
        this.#takeField(whole, 0, whole.length);
      }
      start = end + 1;
    }
    if (start < bytes.length) this.#keep(bytes.subarray(start));
    return this.#taken();
  }

  /** The commits that only the end completes. Throws Error when the answer is cut off. */
  end(): readonly LoggedCommit[] {
    if (this.#field !== 'mark' || this.#partsLength > 0) throw new Error('git log ended in the middle of a record');
    if (this.#open !== undefined) this.#complete.push(this.#open);
    this.#open = undefined;
    return this.#taken();
  }

  #taken(): readonly LoggedCommit[] {
    const commits = this.#complete;
    this.#complete = [];
    return commits;
  }

  #keep(bytes: Uint8Array): void {
    this.#partsLength += bytes.length;
    if (this.#partsLength > maxField)
      throw new UserError('E_GIT', `the commit ${this.#sha} has a field of more than ${maxField / 1024 / 1024} MiB`, {
        cure: 'Nobody wrote this by hand; begin the range after this commit.',
      });
    this.#parts.push(bytes);
  }

  #takeField(bytes: Buffer, start: number, end: number): void {
    switch (this.#field) {
      case 'mark':
        if (start === end) this.#beginRecord();
        else this.#takePath(bytes.toString('utf8', start, end));
        return;
      case 'sha':
        this.#sha = this.#awaited(bytes.toString('latin1', start, end));
        this.#field = 'parents';
        return;
      case 'parents':
        this.#parents = parentsOf(bytes.toString('latin1', start, end), this.#sha.length);
        this.#field = 'authorName';
        return;
      case 'authorName':
        this.#authorName = this.#same(bytes.toString('utf8', start, end));
        this.#field = 'authorEmail';
        return;
      case 'authorEmail':
        this.#authorEmail = this.#same(bytes.toString('utf8', start, end));
        this.#field = 'timestamp';
        return;
      case 'timestamp':
        this.#timestamp = secondsOf(bytes.toString('latin1', start, end));
        this.#field = 'message';
        return;
      case 'message':
        this.#endRecord(bytes.toString('utf8', start, end));
        this.#field = 'mark';
    }
  }

  /** On one line each commit is the parent of the one before it: as one text its name is held, and hashed in maps, once. */
  #awaited(sha: string): string {
    const [parent] = this.#parents;
    return parent === sha ? parent : sha;
  }

  #same(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= maxTexts) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }

  #beginRecord(): void {
    if (this.#open !== undefined) this.#complete.push(this.#open);
    this.#open = undefined;
    this.#field = 'sha';
  }

  #endRecord(message: string): void {
    const commit = {
      sha: this.#sha,
      parents: this.#parents,
      authorName: this.#authorName,
      authorEmail: this.#authorEmail,
      timestamp: this.#timestamp,
      message,
    };
    if (this.#withPaths) this.#open = { ...commit, paths: [] };
    else this.#complete.push({ ...commit, paths: undefined });
  }

  /** git parts the names from the message by a line feed, which stands in front of the first one. */
  #takePath(text: string): void {
    const paths = this.#open?.paths;
    if (paths === undefined || (paths.length === 0 && !text.startsWith('\n')))
      throw new Error('git log answered in a form that is not known');
    paths.push(paths.length === 0 ? text.slice(1) : text);
  }
}

const orphan: readonly string[] = [];

function parentsOf(text: string, shaLength: number): readonly string[] {
  if (text.length === shaLength) return [text];
  return text === '' ? orphan : text.split(' ');
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  return Number.isSafeInteger(seconds) && seconds <= lastSecond ? Math.max(0, seconds) : 0;
}
