import { expect, test } from '@jest/globals';
import { spec as changelog } from '@release-kit/action-changelog';
import { git } from '../support/history.ts';
import { expectInertMarkdown, hostileLines, packaged, printing, runAction, tinySource, writeFiles } from '../support/hostile.ts';
import { describeWithMachines } from '../support/machine-host.ts';
import type { StepResult } from '../support/runner/index.ts';
import { takesAll } from '../support/selection.ts';

const minute = 60_000;
/** All that people see besides the summary. */
const said = (step: StepResult): string => [...step.lines, ...step.annotations.map(({ message }) => message)].join('\n');

function expectEscaped(step: StepResult): void {
  for (const shown of ['\\::add-mask::e', '#\\#[set-output name=x]planted', '\\x1b[31mred', 'fine\\x0d::error', 'right\\u{202e}to left'])
    expect(said(step)).toContain(shown);
}

describeWithMachines('what strangers print is shown, never obeyed', () => {
  test(
    'by a build that fails',
    async () => {
      const recipe = [...printing(), 'exit 3'];
      const step = await runAction('build-deb', { prepare: (workspace) => tinySource(workspace, recipe) });
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 1, outputs: {} });
      expectEscaped(step);
      expectInertMarkdown(step.summary);
    },
    3 * minute,
  );

  test(
    'by a build that succeeds',
    async () => {
      const step = await runAction('build-deb', { prepare: (workspace) => tinySource(workspace, printing()) });
      expect(step).toMatchObject({ conclusion: 'success', outputs: { version: '1.0', packages: 'tiny_1.0_all.deb' } });
      expectInertMarkdown(step.summary);
    },
    3 * minute,
  );

  test.each(['postinst', ...(takesAll ? ['prerm', 'postrm'] : [])])(
    'by a %s that fails',
    async (script) => {
      const lines = [...printing(), 'exit 3'].join('\n');
      const step = await runAction('install-smoke', {
        prepare: (workspace) => packaged(workspace, [{ name: 'loud', scripts: { [script]: lines } }]),
      });
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 1, outputs: { result: 'failed' } });
      expect(said(step)).toContain(script);
      expectEscaped(step);
      expectInertMarkdown(step.summary);
    },
    3 * minute,
  );

  test(
    "by a service's journal",
    async () => {
      const unit = '[Service]\nExecStart=/usr/lib/loud/run\n[Install]\nWantedBy=multi-user.target\n';
      const files = { 'usr/lib/systemd/system/loud.service': unit, 'usr/lib/loud/run': `#!/bin/sh\n${printing().join('\n')}\nexit 3\n` };
      const scripts = { postinst: 'chmod 755 /usr/lib/loud/run\nsystemctl enable loud.service\nsystemctl start loud.service || true' };
      const step = await runAction('install-smoke', { prepare: (workspace) => packaged(workspace, [{ name: 'loud', files, scripts }]) });
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 1, outputs: { result: 'failed' } });
      expect(step.annotations.map(({ properties }) => properties['title'])).toContainEqual(
        expect.stringMatching(/^install-smoke: E_SMOKE_SERVICE/),
      );
      // journald itself holds back lines with control characters.
      expect(said(step)).toContain('right\\u{202e}to left');
      expect(
        said(step)
          .split('\n')
          .filter((line) => line.length > 4096),
      ).toEqual([]);
      expectInertMarkdown(step.summary);
    },
    3 * minute,
  );

  test(
    "by lintian, of files' names and scripts",
    async () => {
      const names = [
        '::error::planted',
        'a\u001b]8;;x\u0007b',
        '##[set-output name=x]planted',
        'x|y</details><img src=x>@everyone',
        'right\u202eto',
      ];
      const files = Object.fromEntries(names.map((name) => [`opt/loud/${name}`, '#!/bin/nowhere\n']));
      const step = await runAction('lintian-check', { prepare: (workspace) => packaged(workspace, [{ name: 'loud', files }]) });
      expect(step).toMatchObject({ conclusion: 'failure', exitCode: 1, outputs: { result: 'failed' } });
      expect(said(step)).toContain('a\\x1b]8;;x\\x07b');
      expectInertMarkdown(step.summary);
    },
    3 * minute,
  );

  test(
    'by subjects and bodies of commits, and the notes keep every byte as an output',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        await writeFiles(workspace, { a: 'a' });
        await git(workspace, 0, ['init', '-q', '-b', 'main']);
        await git(workspace, 0, ['add', '.']);
        for (const [index, line] of hostileLines.entries())
          await git(workspace, 0, [
            'commit',
            '-q',
            '--allow-empty',
            '--cleanup=verbatim',
            '-m',
            `${index % 2 === 0 ? 'feat' : 'fix'}: ${line}\n\n${hostileLines.join('\n')}\nEOF\nghadelimiter_x\nx<<EOF\nplanted\nEOF`,
          ]);
      };
      const step = await runAction('changelog', { inputs: { output: 'notes.md' }, prepare });
      expect(step.conclusion).toBe('success');
      expect(Object.keys(step.outputs)).toEqual(expect.arrayContaining(['bump', 'notes', 'previous', 'version']));
      expect(Object.keys(step.outputs).every((name) => Object.hasOwn(changelog.outputs, name))).toBe(true);
      expect(step.outputs['notes']?.split('\n').length).toBeGreaterThan(5);
      expectInertMarkdown(step.outputs['notes'] ?? '');
      expectInertMarkdown(step.summary);
    },
    minute,
  );
});
