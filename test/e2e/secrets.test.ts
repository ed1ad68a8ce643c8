import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { packaged, runAction } from '../support/hostile.ts';
import { passphraseKey } from '../support/passphrase-key.ts';
import type { StepResult } from '../support/runner/index.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
const passphrase = 'a "pass\\phrase" with blanks & ümlauts';
const key = passphraseKey(join(folder, 'gnupg'), passphrase);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each way in which a secret could be written down. */
function formsOf(secret: Buffer): readonly string[] {
  const text = secret.toString('utf8');
  const base64 = [0, 1, 2].map((offset) => {
    // The characters that depend on what stands before and after are left out.
    const encoded = Buffer.concat([Buffer.alloc(offset), secret])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(offset === 0 ? 0 : offset + 1, -2);
  });
  return [
    text,
    ...base64,
    secret.toString('hex'),
    secret.toString('hex').toUpperCase(),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
  ];
}

/** Lines of the armored block that hold key material, and the material itself from its middle. */
function formsOfKey(): readonly string[] {
  const lines = key.split('\n').filter((line) => line.length >= 40 && !line.startsWith('-----'));
  const material = Buffer.from(lines.join(''), 'base64').subarray(-48);
  return [...lines.slice(-3).flatMap((line) => formsOf(Buffer.from(line))), ...formsOf(material).slice(1, 6)];
}

const forbidden = [...formsOf(Buffer.from(passphrase)), ...formsOfKey()];
const held = (text: string): readonly string[] => forbidden.filter((form) => text.includes(form));

function shownBy(step: StepResult): string {
  const annotations = step.annotations.flatMap(({ message, properties }) => [message, ...Object.values(properties)]);
  return [...step.lines, ...step.debug, ...annotations, step.summary, ...Object.values(step.outputs)].join('\n');
}

/** Argument lists of every process while the body runs. */
async function argumentLists<T>(body: () => Promise<T>): Promise<{ readonly result: T; readonly seen: string }> {
  const seen = new Set<string>();
  const timer = setInterval(() => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        seen.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch (error) {
        // It ended while we looked.
        if (!/ENOENT|ESRCH/.test(String(error))) throw error;
      }
    }
  }, 5);
  try {
    return { result: await body(), seen: [...seen].join('\n') };
  } finally {
    clearInterval(timer);
  }
}

function everythingIn(root: string): string {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

test.each([
  ['is right', { key, passphrase }, 'success'],
  ['comes as base64', { key: Buffer.from(key).toString('base64'), passphrase }, 'success'],
  ['has another passphrase', { key, passphrase: `${passphrase}x` }, 'failure'],
  ['is damaged', { key: key.replace(/\n(\S{20})(\S+)\n/, '\n$2$1\n'), passphrase }, 'failure'],
  ['is given in place of the passphrase', { key, passphrase: key }, 'failure'],
])(
  'neither key nor passphrase is seen anywhere when the key %s',
  async (_, inputs, conclusion) => {
    let files = '';
    const run = () =>
      runAction('sign-artifacts', {
        inputs,
        options: { env: { RUNNER_DEBUG: '1' } },
        prepare: (workspace) => packaged(workspace, [{ name: 'tiny' }]),
        look: async (workspace, job) => {
          files = everythingIn(workspace) + everythingIn(job.temporary);
        },
      });
    const { result, seen } = await argumentLists(run);
    expect(result.conclusion).toBe(conclusion);
    expect(held(shownBy(result))).toEqual([]);
    expect(held(files)).toEqual([]);
    expect(held(seen)).toEqual([]);
    expect(seen).toContain('index.js');
  },
  minute,
);
