import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TemporaryFolder } from './host.ts';
import { temporaryFolder } from './temporary.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder('/tmp', 'runner-test');
});
afterAll(async () => await folder[Symbol.asyncDispose]());

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
}

let count = 0;

/** Starts a small action as a runner does: its own Node, inputs by environment, files for outputs and summary. */
async function runAction(
  body: string,
  env: Readonly<Record<string, string>> = {},
  during?: (line: string, kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  count += 1;
  const place = join(folder.path, String(count));
  mkdirSync(join(place, 'workspace'), { recursive: true });
  mkdirSync(join(place, 'temp'));
  for (const name of ['output', 'summary']) writeFileSync(join(place, name), '');
  writeFileSync(join(place, 'body'), body);
  const child = spawn(
    process.execPath,
    ['--conditions=release-kit:source', '--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', program],
    {
      cwd: join(place, 'workspace'),
      env: {
        PATH: process.env['PATH'],
        HOME: place,
        FRAME: import.meta.dirname,
        BODY: join(place, 'body'),
        GITHUB_WORKSPACE: join(place, 'workspace'),
        RUNNER_TEMP: join(place, 'temp'),
        GITHUB_OUTPUT: join(place, 'output'),
        GITHUB_STEP_SUMMARY: join(place, 'summary'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    during?.(text, (signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    exitCode,
    stdout,
    stderr,
    outputs: readOutputs(readFileSync(join(place, 'output'), 'utf8')),
    summary: readFileSync(join(place, 'summary'), 'utf8'),
  };
}

const program = `
const { readFileSync } = await import('node:fs');
const frame = await import(process.env.FRAME + '/index.ts');
const { text, secret, runOnRunner, defineAction } = frame;
const spec = defineAction({ name: 'probe', description: 'Probes.', permissions: [], errors: [],
  inputs: { word: text({ default: 'none', description: 'A word.' }), key: secret({ optional: true, description: 'A key.' }) },
  outputs: { first: { description: 'First.' }, 'second-one': { description: 'Second.' } } });
const body = new Function('inputs', 'host', 'frame', 'return (async () => {' + readFileSync(process.env.BODY, 'utf8') + '})()');
await runOnRunner(spec, (inputs, host) => body(inputs, host, frame));
`;

/** As actions/runner reads them, FileCommandManager: \`name=value\`, or \`name<<delimiter\` up to a line that is the delimiter. */
function readOutputs(text: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, name = '', delimiter = ''] = /^([^=]*?)<<(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`not a heredoc: ${line}`);
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`no end of ${name}`);
    outputs.set(name, lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return outputs;
}

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
      const { outputs, exitCode } = await runAction(
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
    const { outputs, exitCode, stdout } = await runAction(`return { first: 'x' }`);
    expect(exitCode).toBe(3);
    expect(outputs.size).toBe(0);
    expect(stdout).toMatch(
      /^::error title=probe%3A BUG::this is a bug of release-kit: probe returned no value for its output second-one%0A/m,
    );
  });
});

describe('a failed run', () => {
  test('shows one error with place and cure, writes its known outputs and its summary', async () => {
    const { exitCode, stdout, outputs, summary } = await runAction(`
      host.summary.add('## Findings');
      for (let n = 0; n < 12; n++) host.annotate({ level: 'error', message: 'finding ' + n });
      throw new frame.UserError('E_LINT', 'two <b>findings</b>', { place: { file: host.files.workspace + '/debian/control', line: 3 }, outputs: { secondOne: 'failed', unknown: 'x' } });`);
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

  test('names what cleaning up met only after the reason', async () => {
    const { exitCode, stdout } = await runAction(`
      await using broken = { async [Symbol.asyncDispose]() { throw new Error('still mounted') } };
      throw new frame.UserError('E_BUILD', 'no build');`);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/E_BUILD::no build%0AAfterwards, while cleaning up: still mounted%0A/);
  });

  test('by a bug shows a stack', async () => {
    const { exitCode, stdout, summary } = await runAction(`undefined.x`);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/BUG::this is a bug of release-kit: Cannot read.*%0ATypeError: .*%0A {4}at /);
    expect(summary).toMatch(/`BUG`/);
  });

  test('by an interrupt ends soon, with code 130, and cleans up', async () => {
    let sent = false;
    const { exitCode, stdout } = await runAction(
      `await using folder = await host.files.temporary('x');
       await using told = { async [Symbol.asyncDispose]() { host.log.info('cleaned') } };
       host.log.info('ready'); await host.clock.sleep(30000);`,
      {},
      (text, kill) => {
        if (text.includes('ready') && !sent) kill('SIGINT');
        sent ||= text.includes('ready');
      },
    );
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/cleaned\n::error title=probe%3A E_CANCELLED::interrupted/);
  });

  test('keeps its outcome when the summary or the outputs cannot be written', async () => {
    const one = await runAction(`host.summary.add('x'); return { first: '', secondOne: '' }`, { GITHUB_STEP_SUMMARY: '/nowhere/summary' });
    expect(one.exitCode).toBe(0);
    expect(one.stdout).toMatch(/^::warning::The job summary could not be written/m);
    const two = await runAction(`throw new frame.UserError('E_LINT', 'x', { outputs: { first: 'y' } })`, {
      GITHUB_OUTPUT: '/nowhere/output',
    });
    expect(two.exitCode).toBe(1);
    expect(two.stdout).toMatch(/^::warning::The outputs could not be written/m);
  });
});

describe('inputs', () => {
  test('come from INPUT_ variables; a misspelt one is an error, also when it is all that is given', async () => {
    const good = await runAction(`return { first: inputs.word, secondOne: '' }`, { INPUT_WORD: ' hello\n' });
    expect(good.outputs.get('first')).toBe('hello');
    const bad = await runAction(`return {}`, { INPUT_WORT: 'x' });
    expect(bad.exitCode).toBe(2);
    expect(bad.stdout).toMatch(/E_INPUT::input wort is not an input of probe; did you mean word\?/);
  });

  test('of an outer action, as act hands them on, are no error', async () => {
    expect((await runAction(`return { first: '', secondOne: '' }`, { INPUT_OUTER: 'x', ACT: 'true' })).exitCode).toBe(0);
  });
});

describe('what is printed', () => {
  test('holds no secret in any form, nor does the summary', async () => {
    const key = 'correct-horse/battery+staple';
    const { stdout, summary } = await runAction(
      `host.log.info('key ' + inputs.key); host.log.info(Buffer.from(inputs.key).toString('base64')); host.summary.add(inputs.key);
       host.annotate({ level: 'notice', title: inputs.key, message: 'x'.repeat(4085) + inputs.key });
       await host.exec(['echo', inputs.key], { output: 'log' });
       await host.log.group(inputs.key, async () => {});
       throw new frame.UserError('E_KEY_FORMAT', 'bad key ' + inputs.key);`,
      { INPUT_KEY: key, RUNNER_DEBUG: '1' },
    );
    const shown =
      stdout
        .split('\n')
        .filter((line) => !line.startsWith('::add-mask::'))
        .join('\n') + summary;
    expect(stdout).toMatch(/^::add-mask::correct-horse\/battery\+staple$/m);
    expect(shown).not.toMatch(/correct|Y29ycmVjd|battery/);
    expect(shown).toMatch(/^key \*\*\*$/m);
    expect(shown).toMatch(/^::debug::\$ echo \*\*\*$/m);
  });

  test('is inert, and groups are closed and never nested', async () => {
    const { stdout, exitCode } = await runAction(`
      host.log.info('::error::a\\n ##[add-mask]b\\r\\u001b[0m');
      host.log.debug('not shown');
      await host.log.group('outer\\n::x::', () => host.log.group('inner', async () => { host.log.warning('w'); }));
      await host.log.group('broken', async () => { throw new frame.UserError('E_BUILD', 'x'); });`);
    expect(exitCode).toBe(1);
    expect(
      stdout
        .replace(/\d\.\d s/g, 'N s')
        .split('\n')
        .slice(0, 11),
    ).toEqual([
      '\\::error::a',
      ' #\\#[add-mask]b\\x0d\\x1b[0m',
      '::group::outer\\n\\::x::',
      '▸ inner',
      '::warning::w',
      'inner took N s',
      'took N s',
      '::endgroup::',
      '::group::broken',
      'failed after N s',
      '::endgroup::',
    ]);
  });
});

test('nothing heavy is loaded before the first line of run', async () => {
  const { stdout, stderr, exitCode } = await runAction(`
    const modules = process.moduleLoadList.filter((name) => /undici|internal\\/deps\\/(?!cjs-module-lexer|minimatch|amaro)|NativeModule (http|https|tls|crypto|net)$/.test(name));
    host.log.info('loaded: ' + modules.filter((name) => /undici|http|tls|crypto/.test(name)).join(' '));
    return { first: String(host.remoteCache) + String(host.artifacts), secondOne: '' }`);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^loaded: $/m);
});
