import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { openGit } from './git.ts';
import { parseTagObject, readTagObject } from './tag-object.ts';

const commit = 'a'.repeat(40);
const pgp = '-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n';
const tagText = (fields: string, rest = '\nVersion 1\n'): Uint8Array => Buffer.from(`${fields}${rest}`);
const fields = `object ${commit}\ntype commit\ntag v1.0.0\ntagger A Person <a@example.org> 1700000000 +0100\n`;

describe('the object of a tag', () => {
  test('is taken apart into what is signed and the signature', () => {
    const { payload, ...tag } = parseTagObject(tagText(fields, `\nVersion 1\n${pgp}`), 'v1.0.0');
    expect(tag).toEqual({ commit, made: 1_700_000_000_000, signature: { kind: 'openpgp', text: pgp } });
    expect(Buffer.from(payload).toString()).toBe(`${fields}\nVersion 1\n`);
  });

  test('of SSH, of X.509 and without a signature are told apart; the last begin of one counts, as with git', () => {
    const ssh = '-----BEGIN SSH SIGNATURE-----\nabcd\n-----END SSH SIGNATURE-----\n';
    expect(parseTagObject(tagText(fields, `\nm\n${ssh}`), 'v1.0.0').signature).toEqual({ kind: 'ssh', text: ssh });
    expect(parseTagObject(tagText(fields, `\nm\n${pgp}${ssh}`), 'v1.0.0').signature).toEqual({ kind: 'ssh', text: ssh });
    expect(parseTagObject(tagText(fields, '\nm\n-----BEGIN SIGNED MESSAGE-----\n'), 'v1.0.0').signature?.kind).toBe('other');
    const { signature, payload } = parseTagObject(tagText(fields), 'v1.0.0');
    expect(signature).toBeUndefined();
    expect(Buffer.from(payload).toString()).toBe(`${fields}\nVersion 1\n`);
    expect(parseTagObject(tagText(fields, `\nno line of its own ${pgp}`), 'v1.0.0').signature).toBeUndefined();
  });

  test.each([
    ['another name', fields.replace('v1.0.0', 'v0.9.0'), /of another name, v0\.9\.0$/],
    ['a name that is longer', fields.replace('v1.0.0', 'v1.0.0-rc.1'), /another name/],
    ['a tag of a tag', fields.replace('type commit', 'type tag'), /names no commit, but a tag/],
    ['no tagger', fields.replace(/tagger.*\n/, ''), /not as git writes tags/],
    ['fields in another order', fields.split('\n').reverse().join('\n'), /not as git writes tags/],
    ['a second name before', `tag v1.0.0\n${fields}`, /not as git writes tags/],
    ['nothing', '', /not as git writes tags/],
  ])('with %s is E_TAG_SIGNATURE', (_, text, message) => {
    expect(() => parseTagObject(tagText(text), 'v1.0.0')).toThrowWithCode('E_TAG_SIGNATURE', message);
  });
});

test('a tag that is not there, and a light one, are E_TAG_SIGNATURE with a cure', async () => {
  await using host = await recordingHost();
  const git = (...args: string[]) => host.exec(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args]);
  await git('init', '--quiet');
  await git('commit', '--quiet', '--allow-empty', '--message', 'first');
  await git('tag', 'light');
  await git('tag', '--annotate', '--message', 'ä', 'v1.0.0');
  await using open = await openGit(host, host.files.workspace);
  await expect(readTagObject(open, 'none')).rejects.toThrowWithCode('E_TAG_SIGNATURE', /there is no tag none/);
  await expect(readTagObject(open, 'light')).rejects.toThrowWithCode('E_TAG_SIGNATURE', /light one/);
  await expect(readTagObject(open, 'light')).rejects.toMatchObject({ cure: expect.stringContaining('git tag -s') });
  expect((await readTagObject(open, 'v1.0.0')).commit).toBe((await git('rev-parse', 'HEAD')).stdout.trim());
});
