import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { interruptSignal } from './base-host.ts';
import { UserError } from './errors.ts';
import { type Run, runAction } from './run-on-runner.ts';
import { runnerArtifacts } from './runner-artifacts.ts';
import { runnerCache } from './runner-cache.ts';
import { runnerHost } from './runner-host.ts';
import { type ActionSpec, boolean, defineAction, secret, text } from './spec.ts';
import { temporaryFolder } from './temporary.ts';

const spec = defineAction({
  name: 'probe',
  description: 'Probes.',
  inputs: {
    'two-words': text({ default: 'none', description: 'Words.' }),
    loud: boolean({ default: false, description: 'Loud.' }),
    key: secret({ optional: true, description: 'Key.' }),
  },
  outputs: { 'second-one': { description: 'Second.' } },
  permissions: [],
  errors: [],
});

async function act<S extends ActionSpec>(given: S, run: Run<S>, env: Readonly<Record<string, string>> = {}) {
  await using folder = await temporaryFolder('/tmp', 'host-test');
  const at = (name: string): string => join(folder.path, name);
  mkdirSync(at('workspace'));
  for (const file of ['output', 'summary']) writeFileSync(at(file), '');
  const lines: string[] = [];
  const exitCode = await runAction(given, run, {
    env: {
      GITHUB_WORKSPACE: at('workspace'),
      RUNNER_TEMP: folder.path,
      GITHUB_OUTPUT: at('output'),
      GITHUB_STEP_SUMMARY: at('summary'),
      ...env,
    },
    signal: new AbortController().signal,
    write: (line) => lines.push(line),
  });
  return { exitCode, lines, output: readFileSync(at('output'), 'utf8'), summary: readFileSync(at('summary'), 'utf8') };
}

describe('an action', () => {
  test('gets its inputs and leaves outputs and summary', async () => {
    const ended = await act(
      spec,
      async (inputs, host) => {
        host.summary.add(`# ${inputs.twoWords}`);
        host.progress.update('dropped');
        await using folder = await host.files.temporary('t');
        return { secondOne: `${inputs.loud} ${folder.path.includes('host-test')}` };
      },
      { 'INPUT_TWO-WORDS': 'a b', INPUT_LOUD: 'true' },
    );
    expect(ended).toMatchObject({ exitCode: 0, lines: [], summary: '# a b\n' });
    expect(ended.output).toMatch(/^second-one<<(\S+)\ntrue true\n\1\n$/);
  });

  test('that fails keeps known outputs, shows one error, ends its summary with it', async () => {
    const ended = await act(spec, async (_, host) => {
      for (let count = 0; count < 11; count += 1)
        host.annotate({ level: 'error', message: 'finding', file: 'f', line: count + 1, title: 't' });
      throw new UserError('E_LINT', 'found', { outputs: { secondOne: 'failed' }, place: { file: 'debian/control', line: 2 } });
    });
    expect(ended.exitCode).toBe(1);
    expect(ended.output).toContain('\nfailed\n');
    expect(ended.summary).toMatch(/### probe failed: `E_LINT`\n\ndebian\/control:2: found\n\nWhat to do: Mend/);
    expect(ended.lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
    expect(ended.lines).toContain('error: f:10: t: finding');
    expect(ended.lines).toContain('error: f:11: t: finding');
    expect(ended.lines.at(-1)).toMatch(/^2 more of level error/);
  });

  test('masks a secret before it says anything, and errors name an input by its name', async () => {
    const ended = await act(spec, async () => ({ secondOne: '' }), { INPUT_LOUD: 'correct-horse', INPUT_KEY: 'correct-horse' });
    expect(ended.exitCode).toBe(2);
    expect(ended.lines[0]).toBe('::add-mask::correct-horse');
    expect(ended.lines.at(-1)).toMatch(/E_INPUT::input loud is "\*\*\*", but must be true or false%0A/);
  });

  test('takes secrets out of the environment once they are read', async () => {
    const env: Record<string, string> = { INPUT_KEY: 'correct-horse', INPUT_LOUD: 'true' };
    const signal = new AbortController().signal;
    const seen: unknown[] = [];
    const run: Run<typeof spec> = async ({ key }) => {
      seen.push(key, { ...env });
      return { secondOne: '' };
    };
    await runAction(spec, run, { env, signal, write: () => {} });
    expect(seen).toEqual(['correct-horse', { INPUT_LOUD: 'true' }]);
  });

  test('says which output GitHub would drop, because a line of a secret is in it', async () => {
    const key = 'uid 12\nsecret line of the key\n=abc';
    const ended = await act(spec, async () => ({ secondOne: 'of uid 12' }), { INPUT_KEY: key });
    expect(ended.lines.at(-1)).toMatch(/^::warning::The output second-one holds text of a secret/);
    const fine = await act(spec, async () => ({ secondOne: 'of uid 13' }), { INPUT_KEY: key });
    expect(fine.lines.filter((line) => line.startsWith('::warning'))).toEqual([]);
  });

  test('that gives no value for an output, or cannot write, says so', async () => {
    const none: Run<ActionSpec> = async () => ({});
    expect(await act<ActionSpec>(spec, none)).toMatchObject({ exitCode: 3, output: '' });
    const lost = await act(
      spec,
      async (_, host) => {
        host.summary.add('x');
        throw new UserError('E_LINT', 'found', { outputs: { secondOne: 'failed' } });
      },
      { GITHUB_OUTPUT: '/nowhere/output', GITHUB_STEP_SUMMARY: '/nowhere/summary' },
    );
    expect(lost.exitCode).toBe(1);
    expect(lost.lines.filter((line) => line.startsWith('::warning::')).map((line) => line.slice(11, 40))).toEqual([
      'The outputs could not be writ',
      'The job summary could not be ',
    ]);
  });

  test('under act is not troubled by inputs of outer actions', async () => {
    const run = async () => ({ secondOne: '' });
    expect((await act(spec, run, { INPUT_OUTER: 'x' })).exitCode).toBe(2);
    expect(await act(spec, run, { INPUT_OUTER: 'x', ACT: 'true', RUNNER_DEBUG: '1' })).toMatchObject({
      exitCode: 0,
      lines: ['::debug::INPUT_OUTER is not an input of probe: it was given to an outer action'],
    });
  });
});

describe("the runner's host", () => {
  const make = (env: Record<string, string> = {}) => {
    const lines: string[] = [];
    const signal = new AbortController().signal;
    const write = (line: string) => lines.push(line);
    const services = { remoteCache: runnerCache, artifacts: runnerArtifacts };
    return { lines, host: runnerHost({ env: { PATH: process.env['PATH'], ...env }, signal, write, services }) };
  };

  test('flattens groups inside groups and beside each other, and closes what it opened', async () => {
    const { host, lines } = make();
    await Promise.all([
      host.log.group('a\nb', () => host.log.group('c', async () => host.log.info('x'))),
      host.log.group('d', () => host.clock.sleep(50)),
    ]);
    await expect(
      host.log.group('e', async () => {
        throw new UserError('E_BUILD', 'x');
      }),
    ).rejects.toThrowWithCode('E_BUILD');
    const shown = lines.map((line) => line.replace(/\d\.\d s$/, 'N s'));
    expect(shown.slice(0, 4)).toEqual(['::group::a\\nb', '▸ c', 'x', '▸ d']);
    expect(shown.slice(-5)).toEqual(['d took N s', '::endgroup::', '::group::e', 'failed after N s', '::endgroup::']);
    expect(shown.filter((line) => line === '::endgroup::')).toHaveLength(2);
  });

  test('never cuts a secret in half', () => {
    const { host, lines } = make();
    host.mask('0123456789abcdef');
    host.annotate({
      level: 'notice',
      message: `${'x'.repeat(4040)}0123456789abcdef${'y'.repeat(100)}`,
      title: `${'t'.repeat(220)}0123456789abcdef${'u'.repeat(50)}`,
    });
    expect(lines.at(-1)).toMatch(/^::notice title=t+\*{3}u+.*::x+\*{3}/);
    expect(lines.at(-1)).not.toContain('0123');
  });

  test("has cache and artifacts only where GitHub's services are", () => {
    expect([make().host.remoteCache, make({ ACTIONS_RESULTS_URL: '' }).host.artifacts]).toEqual([undefined, undefined]);
    const { host } = make({ ACTIONS_RESULTS_URL: 'http://localhost/' });
    expect([typeof host.remoteCache, typeof host.artifacts]).toEqual(['object', 'object']);
  });

  test.each([{ GITHUB_REF_TYPE: 'tag' }, { GITHUB_REF: 'refs/tags/v1.0.0' }])('restores no cache in a run of a tag: %j', (env) => {
    const { host } = make({ ACTIONS_RESULTS_URL: 'http://localhost/', ...env });
    expect([host.remoteCache, typeof host.artifacts]).toEqual([undefined, 'object']);
  });

  test('has caches in runs of branches, whatever they are named', () => {
    const env = { ACTIONS_RESULTS_URL: 'http://localhost/', GITHUB_REF: 'refs/heads/refs/tags/v1', GITHUB_REF_TYPE: 'branch' };
    expect(make(env).host.remoteCache).toBeDefined();
  });

  test('debug lines are shown when debug logging is on, each inert and on its own', () => {
    const { host, lines } = make({ RUNNER_DEBUG: '1' });
    host.log.debug('a\n::error::b');
    expect(lines).toEqual(['::debug::a', '::debug::\\::error::b']);
    const silent = make();
    silent.host.log.debug('a');
    expect(silent.lines).toEqual([]);
  });

  test('finds the cache folder', () => {
    expect(make({ RELEASE_KIT_CACHE: '/c' }).host.files.cache).toBe('/c');
    expect(make({ XDG_CACHE_HOME: '/x' }).host.files.cache).toBe('/x/release-kit');
    expect(make().host.files.cache).toMatch(/\/\.cache\/release-kit$/);
  });
});

test('an interrupt aborts with E_CANCELLED, and no listener stays', () => {
  const before = process.listenerCount('SIGHUP');
  {
    using interrupt = interruptSignal();
    process.emit('SIGHUP');
    expect(interrupt.signal.reason).toMatchObject({ code: 'E_CANCELLED' });
  }
  expect(process.listenerCount('SIGHUP')).toBe(before);
  {
    using interrupt = interruptSignal();
    process.stdout.emit('error', new Error('EPIPE'));
    expect(interrupt.signal.aborted).toBe(true);
  }
});

describe('an action with a post step', () => {
  const withPost = { ...spec, post: 'Tidies up.' } as const;

  test('is told by what the first start kept, however that one ended; variables reach later steps', async () => {
    await using folder = await temporaryFolder('/tmp', 'post-test');
    const [state, variables] = [join(folder.path, 'state'), join(folder.path, 'env')];
    for (const file of [state, variables]) writeFileSync(file, '');
    const said: string[] = [];
    const run: Run<typeof withPost> = async (_inputs, host) => {
      await host.exportVariable('CC', 'a\nrelease-kit\nb<<c');
      await host.state.set('undo', 'x=y');
      throw new UserError('E_HOST', 'no');
    };
    const start = (env: Readonly<Record<string, string>>) =>
      runAction(
        withPost,
        run,
        { env: { ...env, GITHUB_STATE: state, GITHUB_ENV: variables }, signal: new AbortController().signal, write: () => {} },
        async (inputs, host) => void said.push(`${inputs.loud} ${host.state.get('undo')}`),
      );
    expect(await start({})).toBe(2);
    expect(readFileSync(variables, 'utf8')).toBe('CC<<release-kit-\na\nrelease-kit\nb<<c\nrelease-kit-\n');
    const kept = [...readFileSync(state, 'utf8').matchAll(/^(\w+)<<(.+)\n(.*)\n\2$/gm)];
    expect(kept.map(([, name, , value]) => [name, value])).toEqual([
      ['post', 'true'],
      ['undo', 'x=y'],
    ]);
    expect(await start({ STATE_post: 'true', STATE_undo: 'x=y', INPUT_LOUD: 'true' })).toBe(0);
    expect(said).toEqual(['true x=y']);
  });

  test('declares it, or has none', async () => {
    const lines: string[] = [];
    const parts = { env: {}, signal: new AbortController().signal, write: (line: string) => lines.push(line) };
    expect(await runAction(withPost, async () => ({ secondOne: '' }), parts)).toBe(3);
    expect(lines.join('\n')).toMatch(/declares a post step and has none/);
  });
});
