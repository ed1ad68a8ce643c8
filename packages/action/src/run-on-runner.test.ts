import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runProbe } from './testing/runner-probe.ts';

describe('outputs', () => {
  test('arrive byte for byte, whatever they hold', async () => {
    const values = [
      'a\nEOF\nghadelimiter_x\nname<<X\nX\nother=1\r\n\n',
      ...fc.sample(
        fc
          .array(
            fc.oneof(
              fc.constantFrom('\n', '\r', '<<', '=', 'EOF', 'ghadelimiter_', '\u0000', '%0A', '::set-output name=a::b'),
              fc.string(),
            ),
            { maxLength: 12 },
          )
          .map((parts) => parts.join('')),
        { numRuns: 4, seed: 7 },
      ),
    ];
    for (const value of values) {
      const { outputs, exitCode } = await runProbe(
        `return { first: Buffer.from('${Buffer.from(value).toString('base64')}', 'base64').toString(), secondOne: '' }`,
      );
      expect(exitCode).toBe(0);
      expect([...outputs]).toEqual([
        ['first', value],
        ['second-one', ''],
      ]);
    }
  }, 30_000);

  test('a missing output is a bug, and none is written', async () => {
    const { outputs, exitCode, stdout } = await runProbe(`return { first: 'x' }`);
    expect(exitCode).toBe(3);
    expect(outputs.size).toBe(0);
    expect(stdout).toMatch(
      /^::error title=probe%3A BUG::this is a bug of release-kit: probe returned no value for its output second-one%0A/m,
    );
  });
});

test('an output that is not declared is a bug as well', async () => {
  const { outputs, exitCode, stdout } = await runProbe(`return { first: 'x', secondOne: 'y', thirdOne: 'z' }`);
  expect(exitCode).toBe(3);
  expect(outputs.size).toBe(0);
  expect(stdout).toMatch(/probe has no output thirdOne, but returned one%0A/);
});

describe('a failed run', () => {
  test('shows one error with place and cure, writes its known outputs and its summary', async () => {
    const { exitCode, stdout, outputs, summary } = await runProbe(`
      host.summary.add('## Findings');
      for (let n = 0; n < 12; n++) host.annotate({ level: 'error', message: 'finding ' + n });
      throw new frame.UserError('E_LINT', 'two <b>findings</b>', { place: { file: host.files.workspace + '/debian/control', line: 3 }, outputs: { secondOne: 'failed' } });`);
    expect(exitCode).toBe(1);
    expect([...outputs]).toEqual([['second-one', 'failed']]);
    expect(stdout.match(/^::error/gm)).toHaveLength(10);
    expect(stdout).toMatch(
      /^::error title=probe%3A E_LINT,file=debian\/control,line=3::.*debian\/control:3: two <b>findings<\/b>%0AWhat to do: Mend/m,
    );
    expect(stdout).toMatch(/^error: finding 11$/m);
    expect(stdout).toMatch(/^3 more of level error are only in this log/m);
    expect(summary).toMatch(/^## Findings\n\n### probe failed: `E_LINT`\n\n.*two &lt;b&gt;findings&lt;\/b&gt;\n\nWhat to do: /m);
  });

  test('with an output that is not declared is a bug, and none is written', async () => {
    const { exitCode, stdout, outputs } = await runProbe(
      `throw new frame.UserError('E_LINT', 'x', { outputs: { secondOne: 'failed', thirdOne: 'x' } })`,
    );
    expect(exitCode).toBe(3);
    expect(outputs.size).toBe(0);
    expect(stdout).toMatch(
      /^::error title=probe%3A BUG::this is a bug of release-kit: probe has no output thirdOne, but failed with one%0A/m,
    );
  });

  test('names what cleaning up met only after the reason', async () => {
    const { exitCode, stdout } = await runProbe(`
      await using broken = { async [Symbol.asyncDispose]() { throw new Error('still mounted') } };
      throw new frame.UserError('E_BUILD', 'no build');`);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/E_BUILD::no build%0AAfterwards, while cleaning up: still mounted%0A/);
  });

  test('by a bug shows a stack', async () => {
    const { exitCode, stdout, summary } = await runProbe(`undefined.x`);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/BUG::this is a bug of release-kit: Cannot read.*%0ATypeError: .*%0A {4}at /);
    expect(summary).toMatch(/`BUG`/);
  });

  test('by an interrupt ends soon, with code 130, and cleans up', async () => {
    let sent = false;
    const { exitCode, stdout } = await runProbe(
      `await using folder = await host.files.temporary('x');
       await using told = { async [Symbol.asyncDispose]() { host.log.info('cleaned') } };
       host.log.info('ready'); await host.clock.sleep(30000);`,
      {},
      (text, { kill }) => {
        if (text.includes('ready') && !sent) kill('SIGINT');
        sent ||= text.includes('ready');
      },
    );
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/cleaned\n::error title=probe%3A E_CANCELLED::interrupted/);
  });

  test('keeps its outcome when the summary or the outputs cannot be written', async () => {
    const one = await runProbe(`host.summary.add('x'); return { first: '', secondOne: '' }`, { GITHUB_STEP_SUMMARY: '/nowhere/summary' });
    expect(one.exitCode).toBe(0);
    expect(one.stdout).toMatch(/^::warning::The job summary could not be written/m);
    const two = await runProbe(`throw new frame.UserError('E_LINT', 'x', { outputs: { first: 'y' } })`, {
      GITHUB_OUTPUT: '/nowhere/output',
    });
    expect(two.exitCode).toBe(1);
    expect(two.stdout).toMatch(/^::warning::The outputs could not be written/m);
  });
});
