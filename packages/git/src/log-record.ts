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
 * For `git log -z`. NUL cannot stand in any of these, so nothing that people write can look like the end of a commit; and since no file has an
 * empty name, the NUL in front tells a commit from the name of a file. Names and addresses are parts of one line of a commit (git decodes a commit before it
 * looks for its lines), so that they have no line feed either, and only the message, the last one, may have some.
 */
export const logFormat = `%x00${['%H', '%P', '%an', '%ae', '%ct', '%B'].join('%n')}`;

/** The end of the year 9999, in seconds: no date that people made is beyond it, and none that JavaScript cannot tell. */
const lastSecond = 253_402_300_799;
/** Bytes of one commit. No message that people wrote is longer, and a history must not be able to fill our memory. */
const maxField = 16 * 1024 * 1024;
const maxTexts = 10_000;

const lineFeed = 10;

/**
 * Takes the answer of `git log -z --format=<logFormat>` in chunks as they come. Names of commits are decoded by themselves, so that who keeps them does not keep
 * the log around them; all other text of a commit at once, since a call for each takes longer than what it does. Time is linear, whatever the length of a message.
 */
export class LogParser {
  readonly #withPaths: boolean;
  /** Whether a commit comes next, and not the NUL in front of one or the name of a file. */
  #isCommit = false;
  /** Of what is not complete. */
  #parts: Uint8Array[] = [];
  #partsLength = 0;
  /** Of the commit before. */
  #parents: readonly string[] = orphan;
  /** Complete but for its paths. */
  #open: (LoggedCommit & { readonly paths: string[] | undefined }) | undefined;
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
    while (true) {
      const end = bytes[start] === 0 ? start : bytes.indexOf(0, start);
      if (end === -1) break;
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
    if (this.#isCommit || this.#partsLength > 0) throw new Error('git log ended in the middle of a record');
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
      throw new UserError('E_GIT', `${this.#place()} has more than ${maxField / 1024 / 1024} MiB`, {
        cure: 'Nobody wrote this by hand; begin the range after this commit.',
      });
    this.#parts.push(bytes);
  }

  /** What has no end yet. */
  #place(): string {
    const begin = Buffer.concat(this.#parts).toString('latin1', 0, 64);
    return this.#isCommit ? `the commit ${/^[0-9a-f]*/.exec(begin)?.[0] ?? ''}` : 'the name of a file';
  }

  #takeField(bytes: Buffer, start: number, end: number): void {
    if (this.#isCommit) this.#takeCommit(bytes, start, end);
    else if (start !== end) this.#takePath(bytes.toString('utf8', start, end));
    else {
      if (this.#open !== undefined) this.#complete.push(this.#open);
      this.#open = undefined;
      this.#isCommit = true;
    }
  }

  #takeCommit(bytes: Buffer, start: number, end: number): void {
    const shaLength = bytes[start + 40] === lineFeed ? 40 : 64;
    const parentsStart = start + shaLength + 1;
    const parentsEnd = endOfParents(bytes, parentsStart, shaLength);
    const text = bytes.toString('utf8', parentsEnd + 1, end);
    const nameEnd = text.indexOf('\n');
    const emailEnd = text.indexOf('\n', nameEnd + 1);
    const timestampEnd = text.indexOf('\n', emailEnd + 1);
    if (parentsEnd < parentsStart || parentsEnd > end || timestampEnd <= emailEnd || emailEnd <= nameEnd) throw unknownForm();
    const sha = this.#awaited(bytes.toString('latin1', start, start + shaLength));
    this.#parents = parentsOf(bytes.toString('latin1', parentsStart, parentsEnd), shaLength);
    const commit = {
      sha,
      parents: this.#parents,
      authorName: this.#same(text.slice(0, nameEnd)),
      authorEmail: this.#same(text.slice(nameEnd + 1, emailEnd)),
      timestamp: secondsOf(text.slice(emailEnd + 1, timestampEnd)),
      message: text.slice(timestampEnd + 1),
      paths: this.#withPaths ? [] : undefined,
    };
    this.#isCommit = false;
    this.#open = commit;
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
    // A copy, which does not keep the message that stood behind it.
    const copy = Buffer.from(text).toString();
    this.#texts.set(copy, copy);
    return copy;
  }

  /** git parts the names from the message by a line feed, which stands in front of the first one. */
  #takePath(text: string): void {
    const paths = this.#open?.paths;
    if (paths === undefined || (paths.length === 0 && !text.startsWith('\n'))) throw unknownForm();
    paths.push(paths.length === 0 ? text.slice(1) : text);
  }
}

const orphan: readonly string[] = [];

const unknownForm = (): Error => new Error('git log answered in a form that is not known');

/** Nearly all have one. */
function endOfParents(bytes: Buffer, start: number, shaLength: number): number {
  if (bytes[start] === lineFeed) return start;
  return bytes[start + shaLength] === lineFeed ? start + shaLength : bytes.indexOf(lineFeed, start);
}

function parentsOf(text: string, shaLength: number): readonly string[] {
  if (text.length === shaLength) return [text];
  return text === '' ? orphan : text.split(' ');
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  return Number.isSafeInteger(seconds) && seconds <= lastSecond ? Math.max(0, seconds) : 0;
}
