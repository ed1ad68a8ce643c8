/** Signatures of ours by everybody's keys are verified by everybody's programs, and theirs by us. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import { clearSign, openVerifier, parseTrustedKeys, readSigningKey, type SigningKey, signContent } from '@release-kit/openpgp';
import { createMessage, readCleartextMessage, readKeys, readSignature, verify } from 'openpgp';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import {
  askPrograms,
  type ForeignDistribution,
  type ForeignKey,
  type ForeignTask,
  foreignKeys,
  passphraseOfLocked,
} from '../support/openpgp-programs.ts';

/** Milliseconds: the first test may have to make the base systems. */
const long = 300_000;
const distributions: readonly ForeignDistribution[] = ['debian:12', 'debian:13'];
const forms = ['armored', 'binary', 'clear'] as const;

const text = 'Package: hello\n\n- a line with a hyphen\n  indented \u00e4\nFrom here\n-----BEGIN PGP SIGNATURE-----\nlast\n';
const changedText = text.replace('hello', 'hallo');

describeWithMachines('OpenPGP of gpg 2.2, gpg 2.4, Sequoia and the library', () => {
  let host: RecordingHost;
  let foreign: readonly ForeignKey[] = [];
  beforeAll(async () => {
    host = await machineHost();
    foreign = (await Promise.all(distributions.map((distribution) => foreignKeys(host, distribution)))).flat();
  }, long);
  afterAll(async () => host[Symbol.asyncDispose]());

  /** Our signatures by each of their keys, and by two of them at once. */
  async function ours(): Promise<readonly ForeignTask[]> {
    const keys: (readonly [string, SigningKey])[] = [];
    for (const { name, secret } of foreign) if (secret !== undefined) keys.push([name, await readKey(name, secret)]);
    const tasks: ForeignTask[] = [];
    for (const [name, key] of keys) tasks.push(await taskOf(name, [key]));
    const pairs = keys.map(([name, key], index) => [name, key, keys[(index + 1) % keys.length]?.[1]] as const);
    // Neighbours are of different kinds; three pairs tell what all would.
    for (const [name, key, other] of pairs.filter((_, index) => index % 6 === 0))
      if (other !== undefined) tasks.push(await taskOf(`dual-${name}`, [key, other]));
    return tasks;
  }

  test('their programs made keys of every kind: RSA, Ed25519, three curves of NIST, a subkey alone, with and without a passphrase', () => {
    expect(foreign.map(({ name }) => name)).toEqual([
      ...['dual', 'ed25519', 'locked', 'nistp256', 'nistp384', 'nistp521', 'rsa3072', 'subkey'].map((kind) => `gpg-2.2-${kind}`),
      ...['dual', 'ed25519', 'locked', 'nistp256', 'nistp384', 'nistp521', 'rsa3072', 'subkey'].map((kind) => `gpg-2.4-${kind}`),
      ...['cv25519', 'locked', 'rsa3k'].map((kind) => `sq-${kind}`),
    ]);
  });

  test.each(distributions)(
    'what we sign by each of these keys is verified by every program of %s, in every form, and refused when it was changed',
    async (distribution) => {
      const tasks = await ours();
      expect(tasks).toHaveLength(20);
      const { verdicts, said } = await askPrograms(host, distribution, tasks);
      const wrong = verdicts.filter(({ form, verdict }) => (verdict === 'good') === form.startsWith('changed-'));
      expect({ wrong, said: wrong.length === 0 ? '' : said }).toEqual({ wrong: [], said: '' });
      // gpg and gpgv: three forms; sqv: two, and the third where sq is as well; each also changed.
      expect(verdicts).toHaveLength(tasks.length * 2 * (distribution === 'debian:12' ? 8 : 12));
    },
    long,
  );

  test(
    'and by the library',
    async () => {
      for (const { name, certificate, content, armored, clear } of await ours()) {
        const verificationKeys = await readKeys({ binaryKeys: certificate });
        const signature = await readSignature({ armoredSignature: String(armored) });
        const detached = await verify({ message: await createMessage({ binary: content }), signature, verificationKeys });
        const inline = await verify({ message: await readCleartextMessage({ cleartextMessage: String(clear) }), verificationKeys });
        const expected = verificationKeys.map(() => true);
        expect({ name, detached: await Promise.all(detached.signatures.map(({ verified }) => verified)) }).toEqual({
          name,
          detached: expected,
        });
        expect({ name, inline: await Promise.all(inline.signatures.map(({ verified }) => verified)) }).toEqual({ name, inline: expected });
      }
    },
    long,
  );

  test(
    'what their programs sign is verified by us, and refused when it was changed',
    async () => {
      await using folder = await host.files.temporary('theirs');
      const path = (name: string): string => join(folder.path, name);
      for (const { name, secret, certificate, content, ...signatures } of foreign) {
        const published = certificate ?? (await readKey(name, secret ?? '')).certificate.write();
        const trusted = await parseTrustedKeys(published, name);
        await using verifier = await openVerifier(host, trusted, 'all');
        await writeFile(path('content'), content);
        await writeFile(path('changed'), Buffer.from(content).toString('latin1').replace('first', 'fifth'), 'latin1');
        for (const form of forms) await writeFile(path(form), signatures[form]);
        const signedBy = trusted.map(({ fingerprint }) => fingerprint).sort();
        for (const form of ['armored', 'binary'] as const) {
          const verdict = await verifier.detached(path(form), path('content'));
          expect({ name, form, ...verdict, signedBy: [...verdict.signedBy].sort() }).toMatchObject({
            name,
            form,
            problem: undefined,
            signedBy,
          });
          expect(await verifier.detached(path(form), path('changed'))).toMatchObject({ problem: expect.stringMatching(/changed/) });
        }
        const clear = await verifier.clear(path('clear'));
        expect({ name, problem: clear.problem, signedBy: [...clear.signedBy].sort() }).toEqual({ name, problem: undefined, signedBy });
        // sq signs a line end more than the text has.
        const back = Buffer.from(content).toString() + (name.startsWith('sq-') ? '\n' : '');
        expect({ name, content: Buffer.from(clear.content).toString() }).toEqual({ name, content: back });
        await writeFile(path('clear'), Buffer.from(signatures.clear).toString('latin1').replace('first', 'fifth'), 'latin1');
        expect(await verifier.clear(path('clear'))).toMatchObject({ problem: expect.stringMatching(/changed/) });
      }
    },
    long,
  );
});

function readKey(name: string, secret: string | Uint8Array): Promise<SigningKey> {
  return readSigningKey(secret, name.endsWith('-locked') ? passphraseOfLocked : undefined, Date.now());
}

async function taskOf(name: string, keys: readonly SigningKey[]): Promise<ForeignTask> {
  const time = Date.now() - 1000;
  const content = Buffer.from(text);
  const { armored, binary } = await signContent(keys, content, time);
  const clear = await clearSign(keys, text, time);
  const certificate = Buffer.concat(keys.map((key) => key.certificate.write()));
  return {
    name,
    certificate,
    content,
    armored,
    binary,
    clear,
    changed: { content: Buffer.from(changedText), clear: clear.replace('hello', 'hallo') },
  };
}
