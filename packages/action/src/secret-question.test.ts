import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';

jest.setTimeout(60_000);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'question-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Asks in a process with a terminal of its own (script of bsdutils makes it), in which this is typed. */
async function answerTo(typed: string): Promise<{ answer: string; shown: string }> {
  const module = fileURLToPath(new URL('./secret-question.ts', import.meta.url));
  const program = join(folder, 'ask.ts');
  const answer = join(folder, 'answer');
  await writeFile(
    program,
    `import { writeFileSync } from 'node:fs';
     import { askSecret } from ${JSON.stringify(module)};
     const answer = await askSecret('passphrase', new AbortController().signal).catch((error) => 'error ' + error.code);
     writeFileSync(${JSON.stringify(answer)}, answer);`,
  );
  const child = spawn('script', ['--quiet', '--return', '--command', `${process.execPath} --no-warnings ${program}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    // Not before it is asked: until then the terminal itself shows what is typed.
    const asked = shown.includes('passphrase: ');
    shown += text;
    if (!asked && shown.includes('passphrase: ')) child.stdin.write(typed);
  });
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  return { answer: await readFile(answer, 'utf8'), shown };
}

describe('a secret that is asked for on a terminal', () => {
  test('is not shown, and is what was typed', async () => {
    expect(await answerTo(' a "b" $c ü\r')).toEqual({ answer: ' a "b" $c ü', shown: 'passphrase: \r\n' });
  });

  test('is corrected by backspace, letter by letter, and begun anew by Ctrl-U', async () => {
    expect((await answerTo('wrong\u0015xü\u007f\u007f\u007fgood\r')).answer).toBe('good');
  });

  test('is not given when Ctrl-C is pressed', async () => {
    expect((await answerTo('abc\u0003')).answer).toBe('error E_CANCELLED');
  });
});
