import { expect, test } from '@jest/globals';
import { readClearSigned } from '@release-kit/debian';
import { clearSign, makeThrowAwayKey } from '@release-kit/openpgp';
import fc from 'fast-check';

const line = fc.array(fc.constantFrom('-', '- ', ' ', '\t', 'a', '-----BEGIN PGP SIGNATURE-----', 'Hash: SHA512'), { maxLength: 5 });
const texts = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.map((pieces) => `${pieces.join('')}\n`).join(''));

test('what the reader of control files takes out of a signed text is what was signed', async () => {
  const now = Date.now();
  const key = await makeThrowAwayKey(now);
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const read = readClearSigned(await clearSign([key], text, now), 'hello.changes');
      expect(read).toEqual({ text, firstLine: 4, signed: true });
      expect(readClearSigned(await clearSign([key], text.replaceAll('\n', '\r\n'), now), 'hello.changes').text).toBe(text);
    }),
    { numRuns: 200 },
  );
});
