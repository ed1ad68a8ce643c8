import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { checkTag } from './tag-signature.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(120_000);

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
  await git('init', '--quiet');
  await git('commit', '--quiet', '--allow-empty', '--message', 'first');
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const git = async (...args: string[]): Promise<string> => {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  return (await host.exec(['git', ...who, ...args], { env: { GNUPGHOME: join(host.files.workspace, 'g') } })).stdout;
};
const place = (name: string): string => join(host.files.workspace, name);

/** A key of gpg, and its public part in `<user>.asc`. */
async function gpgKey(user: string): Promise<string> {
  const home = ['--homedir', place('g'), '--batch', '--pinentry-mode', 'loopback', '--passphrase', ''];
  await host.exec(['mkdir', '-p', '-m', '700', place('g')]);
  await host.exec(['gpg', ...home, '--quick-gen-key', user, 'ed25519', 'sign', 'never']);
  const { stdout } = await host.exec(['gpg', ...home, '--armor', '--export', user]);
  await writeFile(place(`${user}.asc`), stdout);
  return place(`${user}.asc`);
}

const endAgent = () => host.exec(['gpgconf', '--homedir', place('g'), '--kill', 'gpg-agent'], { allow: 'any' });

/** Puts another object in the place of a tag, as somebody could who may push. */
async function forge(tag: string, change: (text: string) => string): Promise<void> {
  const text = (await host.exec(['git', 'cat-file', 'tag', tag])).stdout;
  const { stdout } = await host.exec(['git', 'hash-object', '-t', 'tag', '-w', '--stdin'], { stdin: change(text) });
  await git('update-ref', `refs/tags/${tag}`, stdout.trim());
}

describe('the signature of a tag by OpenPGP', () => {
  test('holds for an allowed key, and for no other; what was changed or renamed is refused', async () => {
    const tagKeys = await gpgKey('alice');
    const others = await gpgKey('mallory');
    await git('tag', '--sign', '--local-user', 'alice', '--message', 'Version 1', 'v1.0.0');
    await endAgent();
    await checkTag({ tag: 'v1.0.0', tagKeys }, host);
    expect(host.recorded.lines.at(-1)).toMatch(
      /^the tag v1\.0\.0 of the commit [0-9a-f]{40} is signed by ([0-9A-F]{4} {1,2}){9}[0-9A-F]{4}$/,
    );
    await expect(checkTag({ tag: 'v1.0.0', tagKeys: others }, host)).rejects.toThrowWithCode('E_TAG_SIGNATURE', /another key/);
    // The object of one tag under the name of another.
    await git('update-ref', 'refs/tags/v2.0.0', 'refs/tags/v1.0.0');
    await expect(checkTag({ tag: 'v2.0.0', tagKeys }, host)).rejects.toThrowWithCode('E_TAG_SIGNATURE', /another name, v1\.0\.0/);
    await forge('v1.0.0', (text) => text.replace('Version 1', 'Version 2'));
    await expect(checkTag({ tag: 'v1.0.0', tagKeys }, host)).rejects.toThrowWithCode('E_TAG_SIGNATURE', /was changed/);
  });
});

describe('the signature of a tag by SSH', () => {
  test('holds for an allowed signer, and for no other; what was changed is refused', async () => {
    for (const name of ['alice', 'mallory']) await host.exec(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', place(name)]);
    const tagKeys = place('allowed_signers');
    await writeFile(tagKeys, `alice@example.org namespaces="git" ${await readFile(place('alice.pub'), 'utf8')}`);
    const sign = (tag: string, name: string) =>
      git('-c', 'gpg.format=ssh', '-c', `user.signingkey=${place(name)}`, 'tag', '--sign', '--message', 'Version 1', tag);
    await sign('v1.0.0', 'alice');
    await checkTag({ tag: 'v1.0.0', tagKeys }, host);
    expect(host.recorded.lines.at(-1)).toMatch(/is signed by alice@example\.org$/);
    await sign('v1.0.1', 'mallory');
    await expect(checkTag({ tag: 'v1.0.1', tagKeys }, host)).rejects.toThrowWithCode('E_TAG_SIGNATURE', /none of those in tag-keys/);
    await forge('v1.0.0', (text) => text.replace('Version 1', 'Version 2'));
    await expect(checkTag({ tag: 'v1.0.0', tagKeys }, host)).rejects.toThrowWithCode('E_TAG_SIGNATURE', /was changed/);
  });

  test('of a key whose time was over when the tag was made is refused', async () => {
    await host.exec(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', place('alice')]);
    const tagKeys = place('allowed_signers');
    await writeFile(tagKeys, `alice@example.org valid-before="20200101" ${await readFile(place('alice.pub'), 'utf8')}`);
    await git('-c', 'gpg.format=ssh', '-c', `user.signingkey=${place('alice')}`, 'tag', '--sign', '--message', '1', 'v1.0.0');
    await expect(checkTag({ tag: 'v1.0.0', tagKeys }, host)).rejects.toThrowWithCode('E_TAG_SIGNATURE');
  });
});

describe('a tag', () => {
  test('without a signature, with only one of the inputs, or of another commit than the run is refused', async () => {
    const tagKeys = place('keys');
    await writeFile(tagKeys, '');
    await git('tag', '--annotate', '--message', '1', 'v1.0.0');
    await expect(checkTag({ tag: 'v1.0.0', tagKeys }, host)).rejects.toThrowWithCode('E_TAG_SIGNATURE', /it is not signed/);
    await expect(checkTag({ tag: 'v1.0.0', tagKeys: undefined }, host)).rejects.toThrowWithCode('E_INPUT', /tag-keys is missing/);
    await expect(checkTag({ tag: undefined, tagKeys }, host)).rejects.toThrowWithCode('E_INPUT', /input tag is missing/);
    await checkTag({ tag: undefined, tagKeys: undefined }, host);
    await using run = await recordingHost({
      workspace: host.files.workspace,
      env: { GITHUB_REF: 'refs/tags/v1.0.0', GITHUB_SHA: 'a'.repeat(40) },
    });
    await expect(checkTag({ tag: 'v1.0.0', tagKeys }, run)).rejects.toThrowWithCode(
      'E_TAG_SIGNATURE',
      /names the commit .* but this run is of a{40}/,
    );
  });
});
