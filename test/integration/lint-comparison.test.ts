/** @slow 65 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, UserError } from '@release-kit/action';
import { run, spec } from '@release-kit/action-lintian-check';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';

/** Milliseconds; the first test may have to make the base system. */
const long = 300_000;

/** The findings of before: a chown with a dot (error), a file below /opt (error), and small ones. */
const old: TinyPackage = {
  name: 'tiny',
  version: '1.0',
  files: { 'opt/tiny/notes.txt': 'x\n' },
  scripts: { postinst: 'chown root.root /opt/tiny' },
};
/** The next version: every line of before has moved, and one more script has the same flaw. */
const next: TinyPackage = {
  ...old,
  version: '1.1',
  scripts: { postinst: '# moved\n# down\nchown root.root /opt/tiny', postrm: 'chown root.root /opt/tiny' },
};

async function pack(host: RecordingHost, folder: string, given: TinyPackage): Promise<void> {
  const out = join(host.files.workspace, folder);
  await mkdir(out, { recursive: true });
  await manifestOf(out, [await tinyPackage(host, out, given)]);
}

async function write(host: RecordingHost, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(host.files.workspace, name)), { recursive: true });
    await writeFile(join(host.files.workspace, name), text);
  }
}

/** Outputs, and the tags that fail; the error of findings is a result here. */
async function lint(host: RecordingHost, given: Readonly<Record<string, string>>) {
  const report = join(host.files.workspace, 'now.json');
  const inputs = readInputs(spec, { report, ...given }, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` });
  const outputs = await run(inputs, host).catch((error: unknown) => {
    if (!(error instanceof UserError) || error.code !== 'E_LINT') throw error;
    return error.outputs;
  });
  const told = JSON.parse(await readFile(inputs.report ?? '', 'utf8'));
  const findings: readonly { tag: string; status: string; standing: string | null; fails: boolean; pointer: { path: string } | null }[] =
    told.findings;
  return {
    outputs,
    told,
    failing: findings.filter(({ fails }) => fails).map(({ tag, pointer }) => `${tag} ${pointer?.path}`),
    tags: findings.map(({ tag, status, pointer }) => `${status} ${tag} ${pointer?.path ?? ''}`),
  };
}

const control = 'Source: tiny\nMaintainer: A <a@example.org>\n\nPackage: tiny\nArchitecture: all\nDescription: a\n';
const newOne = ['maintainer-script-calls-chown-improperly postrm'];
const newOnly = { 'fail-on': 'never', 'fail-on-new': 'info' };

describeWithMachines('old findings', () => {
  let baseline = '';
  let report = '';
  beforeAll(async () => {
    await using host = await machineHost();
    await pack(host, 'out', old);
    await write(host, { 'debian/control': control });
    const { outputs } = await lint(host, { 'update-baseline': 'true', ...newOnly });
    expect(outputs).toMatchObject({ result: 'passed', errors: expect.stringMatching(/^[1-9]/) });
    baseline = await readFile(join(host.files.workspace, 'debian/lintian-baseline'), 'utf8');
    report = await readFile(join(host.files.workspace, 'now.json'), 'utf8');
  }, long);

  test('a baseline names each finding once, without its line', () => {
    expect(baseline).toMatch(/\ntiny: maintainer-script-calls-chown-improperly "chown root\.root" \[postinst\]\n/);
    expect(baseline).toMatch(/\ntiny: dir-or-file-in-opt \[opt\/tiny\/notes\.txt\]\n/);
    expect(baseline).not.toMatch(/:[0-9]|1\.0/);
  });

  test.each([
    ['the baseline of the source', {}],
    ['the report of an earlier run', { 'compare-with': 'before.json' }],
    ['the packages of the last release', { 'compare-with': 'before' }],
  ])(
    'by %s fail nothing when lines move and the version rises; a new one does',
    async (what, given) => {
      await using host = await machineHost();
      await write(host, {
        'debian/control': control,
        'before.json': report,
        ...(what.includes('baseline') ? { 'debian/lintian-baseline': baseline } : {}),
      });
      await pack(host, 'out', next);
      if (what.includes('packages')) await pack(host, 'before', old);
      const { outputs, failing } = await lint(host, { ...newOnly, ...given });
      // The same line of postrm has an experimental tag as well, which is new but never fails.
      expect(failing).toEqual(newOne);
      expect(outputs).toMatchObject({ result: 'failed', newFindings: '2', fixedFindings: '0' });
      expect(host.recorded.lines).toContainEqual(expect.stringMatching(/^compared with .*: 2 new, \d+ existing, 0 fixed$/));
      expect(host.recorded.annotations[0]?.title).toBe('lintian: maintainer-script-calls-chown-improperly');
    },
    long,
  );

  test(
    'that are gone are told, and their lines of the baseline are stale but fail nothing; all the same fails by fail-on',
    async () => {
      await using host = await machineHost();
      await write(host, { 'debian/control': control, 'debian/lintian-baseline': baseline });
      await pack(host, 'out', { ...old, scripts: {} });
      const { outputs, failing, told } = await lint(host, { 'fail-on': 'error', 'fail-on-new': 'pedantic' });
      expect(failing).toEqual(expect.arrayContaining(['dir-or-file-in-opt opt/tiny/']));
      expect(outputs['fixedFindings']).toMatch(/^[1-9]/);
      expect(told.comparison.stale).toContainEqual(
        expect.objectContaining({ tag: 'maintainer-script-calls-chown-improperly', file: 'debian/lintian-baseline' }),
      );
      expect(host.recorded.lines.join('\n')).toMatch(/debian\/lintian-baseline: .* more than there is/);
    },
    long,
  );
});

describeWithMachines('what a change hides', () => {
  test(
    'by override lines of a pull request is listed against its base by git (H24)',
    async () => {
      await using outer = await machineHost();
      const workspace = join(outer.files.workspace, 'checkout');
      await mkdir(workspace);
      const event = join(outer.files.workspace, 'event.json');
      await using host = await machineHost({ workspace, env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event } });
      const commit = async (): Promise<string> => {
        const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
        for (const args of [
          ['init', '-q'],
          ['add', 'debian'],
          ['commit', '-qm', 'x'],
        ])
          await host.exec(['git', ...who, ...args]);
        return (await host.exec(['git', 'rev-parse', 'HEAD'])).stdout.trim();
      };
      await write(host, { 'debian/control': control, 'debian/tiny.lintian-overrides': 'tiny: no-copyright-file\n' });
      const baseSha = await commit();
      const overrides = 'tiny: no-copyright-file\ntiny: dir-or-file-in-opt *\n';
      await write(host, { 'debian/tiny.lintian-overrides': overrides });
      const repo = { full_name: 'owner/name' };
      const pull = { number: 1, base: { sha: baseSha, repo }, head: { sha: await commit(), repo } };
      await writeFile(event, JSON.stringify({ pull_request: pull }));
      await pack(host, 'out', { ...old, files: { ...old.files, 'usr/share/lintian/overrides/tiny': overrides } });
      const { told } = await lint(host, { 'fail-on': 'never' });
      expect(told.newlyOverridden).toEqual([
        expect.objectContaining({
          tag: 'dir-or-file-in-opt',
          source: 'debian/tiny.lintian-overrides:2',
          remark: expect.stringMatching(/^hides \d findings$/),
        }),
      ]);
      expect(host.summary.text).toContain('Newly overridden');
    },
    long,
  );

  test(
    'by a new override is listed against an earlier report; one that matches nothing comes with its repair; settings of the checkout hide nothing (H24, H25)',
    async () => {
      await using host = await machineHost({ env: { LINTIAN_CFG: '/dev/null', LINTIAN_PROFILE: 'none' } });
      const overrides = 'tiny: dir-or-file-in-opt *\ntiny: no-such-finding here\ntiny: no-manual-page usr/bin/x\n';
      await write(host, { 'debian/control': control, 'debian/tiny.lintian-overrides': overrides });
      await pack(host, 'out', old);
      const { tags } = await lint(host, { 'fail-on': 'never', report: 'before.json' });
      expect(tags.filter((tag) => tag.startsWith('overridden'))).toEqual([]);

      const settings = 'suppress-tags = maintainer-script-calls-chown-improperly, dir-or-file-in-opt\noverride = no\n';
      await write(host, {
        '.lintianrc': settings,
        '.config/lintian/lintianrc': settings,
        lintianrc: settings,
        'debian/lintianrc': settings,
        'vendors/debian/main/data/common/x': 'x',
        'profiles/debian/main.profile': 'Profile: debian/main\nDisable-Tags: dir-or-file-in-opt\n',
      });
      expect((await lint(host, { 'fail-on': 'never' })).tags).toEqual(tags);

      await pack(host, 'out', { ...old, files: { ...old.files, 'usr/share/lintian/overrides/tiny': overrides } });
      const { told } = await lint(host, { 'fail-on': 'never', 'compare-with': 'before.json' });
      expect(told.newlyOverridden).toEqual([
        expect.objectContaining({
          ...{ tag: 'dir-or-file-in-opt', context: '*', source: 'debian/tiny.lintian-overrides:1' },
          remark: expect.stringMatching(/^hides \d findings more than before, by this line$/),
        }),
      ]);
      const unused = told.unusedOverrides.map(
        (one: { tag: string; source: string; remark: string }) => `${one.source} ${one.tag} ${one.remark}`,
      );
      expect(unused.sort()).toEqual([
        'debian/tiny.lintian-overrides:2 no-such-finding lintian has no such tag: remove the line',
        'debian/tiny.lintian-overrides:3 no-manual-page matches nothing: remove the line',
      ]);
      expect(host.recorded.annotations).toContainEqual(
        expect.objectContaining({
          level: 'notice',
          title: 'newly overridden: dir-or-file-in-opt',
          file: 'debian/tiny.lintian-overrides',
          line: 1,
        }),
      );
    },
    long,
  );
});
