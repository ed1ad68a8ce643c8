import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, type InputsOf, inertLine, UserError } from '@release-kit/action';
import { findCheckout, openGit, readTagObject, type TagObject } from '@release-kit/git';
import { groupedFingerprint, openVerifier, readTrustedKeys } from '@release-kit/openpgp';
import type { spec } from './spec.ts';

type TagInputs = Pick<InputsOf<typeof spec>, 'tag' | 'tagKeys'>;

/** As apt's and Sequoia's clocks. */
const clockSkew = 30 * 60_000;

/**
 * On request, before anything else: the tag that is released is signed by one of the allowed keys, OpenPGP or SSH, and names the commit of this run.
 * E_TAG_SIGNATURE, E_INPUT, E_GIT, E_TOOL_MISSING.
 */
export async function checkTag({ tag, tagKeys }: TagInputs, host: Host): Promise<void> {
  if (tag === undefined && tagKeys === undefined) return;
  if (tag === undefined || tagKeys === undefined)
    throw new UserError(
      'E_INPUT',
      `input ${tag === undefined ? 'tag' : 'tag-keys'} is missing: the signature of a tag is checked with both`,
    );
  await using git = await openGit(host, await findCheckout(host.files.workspace));
  const object = await readTagObject(git, tag);
  const { ref, sha } = host.github;
  if (ref === `refs/tags/${tag}` && sha !== undefined && sha !== object.commit)
    throw wrong(tag, `it names the commit ${object.commit}, but this run is of ${inertLine(sha)}`);
  if (object.made > host.clock.now() + clockSkew) throw wrong(tag, 'it says that it was made in the future: one of the clocks is wrong');
  await using folder = await host.files.temporary('tag');
  const signer = await verifyTag({ tag, keys: tagKeys, object, folder: folder.path }, host);
  host.log.info(`the tag ${inertLine(tag)} of the commit ${object.commit} is signed by ${inertLine(signer)}`);
}

interface TagToVerify {
  readonly tag: string;
  /** Absolute path of the allowed keys. */
  readonly keys: string;
  readonly object: TagObject;
  /** Absolute; private. */
  readonly folder: string;
}

/** Says who signed. */
async function verifyTag({ tag, keys, object, folder }: TagToVerify, host: Host): Promise<string> {
  const { payload, signature, made } = object;
  if (signature === undefined) throw wrong(tag, 'it is not signed', 'Make it anew with git tag -s.');
  const files = { payload: join(folder, 'payload'), signature: join(folder, 'signature') };
  await writeFile(files.payload, payload);
  await writeFile(files.signature, signature.text, 'latin1');
  switch (signature.kind) {
    case 'openpgp':
      return await verifyOpenpgp(tag, keys, files, host);
    case 'ssh':
      return await verifySsh(tag, keys, { ...files, made }, host);
    case 'other':
      throw wrong(tag, 'its signature is neither OpenPGP nor SSH');
  }
}

interface TagFiles {
  readonly payload: string;
  readonly signature: string;
}

async function verifyOpenpgp(tag: string, keys: string, { payload, signature }: TagFiles, host: Host): Promise<string> {
  await using verifier = await openVerifier(host, await readTrustedKeys(keys), 'any');
  const { problem, signedBy, remarks } = await verifier.detached(signature, payload);
  if (problem !== undefined) throw wrong(tag, problem);
  for (const remark of remarks) host.log.warning(`the signature of the tag ${inertLine(tag)}: ${remark}`);
  return signedBy.map((fingerprint) => groupedFingerprint(fingerprint)).join(' and ');
}

/** As git does it (verify_ssh_signed_buffer): who is allowed is looked up by the key, and judged by the time of the tag. ssh-keygen(1), ALLOWED SIGNERS. */
async function verifySsh(
  tag: string,
  allowed: string,
  { payload, signature, made }: TagFiles & { readonly made: number },
  host: Host,
): Promise<string> {
  const time = `-Overify-time=${new Date(made).toISOString().replace(/[-:T]|\.\d+Z$/g, '')}`;
  const found = await host.exec(['ssh-keygen', '-Y', 'find-principals', '-f', allowed, '-s', signature, time], { allow: 'any' });
  const principals = found.exitCode === 0 ? found.stdout.split('\n').filter((line) => line.trim() !== '') : [];
  for (const principal of principals) {
    const verify = ['-Y', 'verify', '-n', 'git', '-f', allowed, '-I', principal, '-s', signature, time];
    const { exitCode } = await host.exec(['ssh-keygen', ...verify], { stdin: { file: payload }, allow: 'any' });
    if (exitCode === 0) return principal;
  }
  throw wrong(
    tag,
    principals.length === 0
      ? 'its SSH key is none of those in tag-keys, or was not at that time'
      : 'the content or the signature was changed',
  );
}

function wrong(tag: string, problem: string, cure?: string): UserError {
  return new UserError(
    'E_TAG_SIGNATURE',
    `the signature of the tag ${inertLine(tag)} does not verify: ${problem}`,
    cure === undefined ? {} : { cure },
  );
}
