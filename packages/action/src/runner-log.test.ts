import { describe, expect, test } from '@jest/globals';
import { runProbe } from './testing/runner-probe.ts';

describe('what is printed', () => {
  test('holds no secret in any form, nor does the summary', async () => {
    const key = 'correct-horse/battery+staple';
    const { stdout, summary } = await runProbe(
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
    const { stdout, exitCode } = await runProbe(`
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
  const { stdout, stderr, exitCode } = await runProbe(`
    const modules = process.moduleLoadList.filter((name) => /undici|internal\\/deps\\/(?!cjs-module-lexer|minimatch|amaro)|NativeModule (http|https|tls|crypto|net)$/.test(name));
    host.log.info('loaded: ' + modules.filter((name) => /undici|http|tls|crypto/.test(name)).join(' '));
    return { first: String(host.remoteCache) + String(host.artifacts), secondOne: '' }`);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^loaded: $/m);
});
