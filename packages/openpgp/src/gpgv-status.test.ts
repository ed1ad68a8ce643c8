import { describe, expect, test } from '@jest/globals';
import { readGpgvStatus } from './gpgv-status.ts';
import { judgeSignatures } from './signature-verdict.ts';

const a = 'A83EAF4B4D907547F439508170539EEA8794CE5C';
const b = 'EDE29C7ABF6574C7E4B0FE0C2775B88D797195A9';
const made = 1795301006;
const now = made * 1000 + 60_000;

/** As gpgv 2.2.40 prints it. */
const validsig = (primary: string, at = made): string => `[GNUPG:] VALIDSIG ${primary} 2026-11-21 ${at} 0 4 0 22 8 00 ${primary}`;
const signature = (word: string, primary: string, more = '', at = made): string =>
  `[GNUPG:] NEWSIG a@example.org\n[GNUPG:] KEY_CONSIDERED ${primary} 0\n${more}[GNUPG:] ${word} ${primary.slice(-16)} Alice <a@example.org>\n${validsig(primary, at)}\n`;
const unknown = `[GNUPG:] NEWSIG b@example.org\n[GNUPG:] ERRSIG ${b.slice(-16)} 22 8 00 ${made} 9 ${b}\n[GNUPG:] NO_PUBKEY ${b.slice(-16)}\n`;
const expired = (at: number): string => `[GNUPG:] KEYEXPIRED ${at}\n`;

const judge = (status: string, need: 'all' | 'any', trusted: readonly string[] = [a]) =>
  judgeSignatures(readGpgvStatus(status), { trusted, need, now, content: 'bytes' });

describe('status lines of gpgv', () => {
  test('one good signature by a trusted key counts', () => {
    expect(judge(signature('GOODSIG', a), 'all')).toEqual({ signedBy: [a], count: 1, problem: undefined, byStrangers: false, remarks: [] });
  });

  test('of two signatures by known keys both count, and each is needed where all are', () => {
    const both = signature('GOODSIG', b) + signature('GOODSIG', a);
    expect(judge(both, 'all', [a, b]).signedBy).toEqual([a, b]);
    expect(judge(signature('GOODSIG', a), 'all', [a, b])).toMatchObject({ signedBy: [], problem: `the key ${b} did not sign` });
    expect(judge(signature('GOODSIG', a), 'any', [a, b])).toMatchObject({ signedBy: [a], problem: undefined });
  });

  test('a further signature by a key that is not known is told, but none may be on what we made', () => {
    const status = signature('GOODSIG', a) + unknown;
    expect(judge(status, 'any')).toEqual({
      signedBy: [a],
      count: 1,
      problem: undefined,
      byStrangers: false,
      remarks: ['another signature: it was made by another key'],
    });
    expect(judge(status, 'all')).toMatchObject({ signedBy: [], problem: 'it was made by another key' });
  });

  test('a key that expired later than the signature says keeps it good for users, never for what is signed now', () => {
    expect(judge(signature('EXPKEYSIG', a, expired(made + 30)), 'any')).toMatchObject({
      signedBy: [a],
      problem: undefined,
      remarks: [/expired since/].map((pattern) => expect.stringMatching(pattern)),
    });
    expect(judge(signature('EXPKEYSIG', a, expired(made + 30)), 'all').problem).toBe('the key has expired');
    expect(judge(signature('EXPKEYSIG', a, expired(made - 30)), 'any').problem).toBe('the key has expired');
    expect(judge(signature('EXPKEYSIG', a, '[GNUPG:] KEYEXPIRED 20261121T224256\n'), 'any').problem).toBe('the key has expired');
    expect(judge(signature('EXPKEYSIG', a), 'any').problem).toBe('the key has expired');
  });

  test('a signature of half an hour ahead is a matter of clocks, one further ahead is refused', () => {
    expect(judge(signature('GOODSIG', a, '', made + 1700), 'any').problem).toBeUndefined();
    expect(judge(signature('GOODSIG', a, '', made + 3600), 'any').problem).toMatch(/in the future, at 2026-11-21T23:43:26/);
  });

  test('a signature of a text covers no line ends: told, and none of ours', () => {
    const status = signature('GOODSIG', a).replace(' 22 8 00 ', ' 22 8 01 ');
    expect(judge(status, 'any')).toMatchObject({ signedBy: [a], remarks: [expect.stringMatching(/line ends/)] });
    expect(judge(status, 'all').problem).toMatch(/line ends/);
    expect(judgeSignatures(readGpgvStatus(status), { trusted: [a], need: 'all', now, content: 'text' }).problem).toBeUndefined();
  });

  test('nothing but keys that are not known is told apart from what was changed', () => {
    expect(judge(unknown, 'any')).toMatchObject({ byStrangers: true, problem: 'it was made by another key' });
    expect(judge(unknown + signature('REVKEYSIG', a), 'any').byStrangers).toBe(false);
    expect(judge('', 'any').byStrangers).toBe(false);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['no status at all', '', /holds no signature/],
    ['valid without good', `[GNUPG:] NEWSIG\n${validsig(a)}`, /does not know/],
    ['good without valid', `[GNUPG:] NEWSIG\n[GNUPG:] GOODSIG ${a} n`, /does not know/],
    ['two verdicts of one signature', `[GNUPG:] NEWSIG\n[GNUPG:] GOODSIG B n\n[GNUPG:] GOODSIG B n\n${validsig(a)}`, /does not know/],
    ['another primary key', signature('GOODSIG', b), /another key/],
    ['a weak digest', signature('GOODSIG', a).replace(' 22 8 00 ', ' 22 2 00 '), /SHA-1/],
    ['a revoked key', signature('REVKEYSIG', a), /revoked/],
    ['an expired signature', signature('EXPSIG', a), /signature has expired/],
    ['a changed content', `[GNUPG:] NEWSIG\n[GNUPG:] BADSIG ${a} Alice\n`, /was changed/],
    ['a changed content beside a good one', `${signature('GOODSIG', a)}[GNUPG:] NEWSIG\n[GNUPG:] BADSIG ${a} n\n`, /was changed/],
    ['only a key that is not known', unknown, /another key/],
    ['an algorithm that gpgv does not know', `[GNUPG:] NEWSIG\n[GNUPG:] ERRSIG ${b} 99 8 00 ${made} 4 ${b}\n`, /does not know/],
    ['prose that looks good', `gpgv: Good signature\n ${signature('GOODSIG', a).replaceAll('[', ' [')}`, /holds no signature/],
    ['a message of its own', `[GNUPG:] PLAINTEXT 62 0 \n${signature('GOODSIG', a)}`, /message of its own/],
    ['a name that looks like a verdict', `[GNUPG:] NEWSIG\n[GNUPG:] BADSIG B x%0A[GNUPG:] GOODSIG B n\n`, /was changed/],
    ['a verdict before any signature', `[GNUPG:] BADSIG ${a} n\n${signature('GOODSIG', a)}`, /was changed/],
  ];
  test.each(refused)('%s is refused', (_, status, problem) => {
    expect(judge(status, 'any').problem).toMatch(problem);
    expect(judge(status, 'all').problem).toMatch(problem);
    expect(judge(status, 'any').signedBy).toEqual([]);
  });
});
