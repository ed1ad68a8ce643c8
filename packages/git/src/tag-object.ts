import { readFile } from 'node:fs/promises';
import { inertLine, UserError } from '@release-kit/action';
import type { Git } from './git.ts';

/** An annotated tag, taken apart. */
export interface TagObject {
  /** 40 or 64 hexadecimal digits. */
  readonly commit: string;
  /** Milliseconds since 1970, as the tagger says. */
  readonly made: number;
  /** What is signed: everything before the signature, byte for byte. */
  readonly payload: Uint8Array;
  /** undefined: it is not signed. `other`: X.509 or what is not known here. */
  readonly signature: { readonly kind: 'openpgp' | 'ssh' | 'other'; readonly text: string } | undefined;
}

/** Bytes; a message may be long, but not like this. */
const maxBytes = 4 * 1024 * 1024;

/**
 * Reads the object of a tag by plumbing. Throws E_TAG_SIGNATURE for what cannot carry a signature of this tag: no such tag, a light tag, a tag of
 * something else than a commit, an object that is of another name: `git tag -s` signs the name along, so that nobody passes off one tag as another.
 */
export async function readTagObject(git: Git, tag: string): Promise<TagObject> {
  const ref = `refs/tags/${tag}`;
  const { exitCode, stdout } = await git.run(['cat-file', '-t', ref], { allow: [0, 128] });
  const shown = inertLine(tag);
  if (exitCode !== 0)
    throw wrong(`there is no tag ${shown} in the checkout`, 'Check out with fetch-tags: true, or fetch the tag before this step.');
  if (stdout.trim() !== 'tag')
    throw wrong(
      `the tag ${shown} is a light one, which cannot be signed`,
      `Make it with git tag -s. If it is signed, the checkout has replaced it: git fetch --force origin ${ref}:${ref}`,
    );
  const file = git.temporaryFile('tag');
  await git.run(['cat-file', 'tag', ref], { stdoutFile: file });
  const bytes = await readFile(file);
  if (bytes.length > maxBytes) throw wrong(`the tag ${shown} is far too large`);
  return parseTagObject(bytes, tag);
}

const begins = {
  openpgp: '-----BEGIN PGP SIGNATURE-----',
  ssh: '-----BEGIN SSH SIGNATURE-----',
  other: '-----BEGIN SIGNED MESSAGE-----',
} as const;

/** As git itself takes it apart (parse_signed_buffer): the last line that begins a signature ends what is signed. E_TAG_SIGNATURE. */
export function parseTagObject(bytes: Uint8Array, tag: string): TagObject {
  const text = Buffer.from(bytes).toString('latin1');
  const head = text.slice(0, Math.max(0, text.indexOf('\n\n')));
  const fields = /^object ([0-9a-f]{40}|[0-9a-f]{64})\ntype (\S+)\ntag ([^\n]+)\ntagger [^\n]*> (\d{1,12}) [+-]\d{4}(?:\n|$)/.exec(head);
  const [, commit, type, name, seconds] = fields ?? [];
  const shown = inertLine(tag);
  if (commit === undefined || seconds === undefined) throw wrong(`the tag ${shown} is not as git writes tags`);
  if (type !== 'commit') throw wrong(`the tag ${shown} names no commit, but a ${inertLine(type ?? '')}`);
  if (name !== Buffer.from(tag).toString('latin1'))
    throw wrong(`the tag ${shown} holds a tag of another name, ${inertLine(Buffer.from(name ?? '', 'latin1').toString('utf8'))}`);
  const found = Object.entries(begins)
    .map(([kind, line]) => ({ kind: kindOf(kind), at: text.lastIndexOf(`\n${line}`) }))
    .sort((a, b) => b.at - a.at)[0];
  const signed = found !== undefined && found.at !== -1;
  const at = signed ? found.at + 1 : bytes.length;
  const signature = signed ? { kind: found.kind, text: text.slice(at) } : undefined;
  return { commit, made: Number(seconds) * 1000, payload: bytes.subarray(0, at), signature };
}

function kindOf(kind: string): 'openpgp' | 'ssh' | 'other' {
  return kind === 'openpgp' || kind === 'ssh' ? kind : 'other';
}

function wrong(message: string, cure?: string): UserError {
  return new UserError('E_TAG_SIGNATURE', message, cure === undefined ? {} : { cure });
}
