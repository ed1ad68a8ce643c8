import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type FakeGitHub, startFakeGitHub } from '@release-kit/github-stand-in';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { manifestOf, tinyPackage } from '../support/packages.ts';
import { type StepResult, startJob } from '../support/runner/index.ts';

const dist = join(import.meta.dirname, '../../dist');
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const minute = 60_000;
const head = 'a'.repeat(40);
const token = 'ghs_0123456789abcdef';

/** Runs the built action for a pull request, on a package with more findings than fit one request. */
async function lint(github: FakeGitHub): Promise<StepResult> {
  await using host = await machineHost();
  await using job = await startJob({ env: { RELEASE_KIT_CACHE: cache, GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository } });
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`opt/tiny/file-${index}`, 'x\n']));
  await mkdir(join(job.workspace, 'out'));
  await manifestOf(join(job.workspace, 'out'), [await tinyPackage(host, join(job.workspace, 'out'), { name: 'tiny', files })]);
  await mkdir(join(job.workspace, 'debian'));
  const control = 'Source: tiny\nMaintainer: A <a@example.org>\n\nPackage: tiny\nArchitecture: all\nDescription: a\n';
  await writeFile(join(job.workspace, 'debian/control'), control);
  const event = join(job.temporary, 'event.json');
  const repo = { full_name: github.repository };
  const pull = { number: 7, head: { sha: head, repo }, base: { sha: 'b'.repeat(40), repo } };
  await writeFile(event, JSON.stringify({ pull_request: pull }));
  const inputs = { 'github-token': token, 'fail-on': 'never' };
  return await job.run(join(dist, 'lintian-check'), inputs, { env: { GITHUB_EVENT_PATH: event } });
}

describeWithMachines('findings of a pull request', () => {
  test(
    'go to a check by the built action, and the token into no log',
    async () => {
      await using github = await startFakeGitHub();
      const step = await lint(github);
      expect(step).toMatchObject({ conclusion: 'success', outputs: { result: 'passed' }, annotations: [] });
      expect(github.checks).toEqual([
        expect.objectContaining({ headSha: head, name: 'lintian: tiny (debian:12, all)', status: 'completed', conclusion: 'success' }),
      ]);
      expect(github.checks[0]?.annotations.length).toBeGreaterThanOrEqual(60);
      expect(github.calls.filter(({ method }) => method !== 'GET').length).toBeGreaterThanOrEqual(2);
      expect(github.violations).toEqual([]);
      expect(step.lines.join('\n')).toMatch(/all findings are in a check of their own/);
      expect([...step.lines, ...step.debug, step.summary].join('\n')).not.toContain(token);
    },
    3 * minute,
  );

  test(
    'go out within the limits of the runner where the token may only read',
    async () => {
      await using github = await startFakeGitHub();
      github.fault = () => ({ status: 403, body: { message: 'Resource not accessible by integration' } });
      const { annotations, lines } = await lint(github);
      const count = (wanted: string): number => annotations.filter(({ level }) => level === wanted).length;
      expect(count('error')).toBe(9);
      expect([count('warning'), count('notice')].every((level) => level <= 10)).toBe(true);
      expect(annotations.at(-1)?.message).toMatch(
        /^\d+ errors.* more are in the summary: https:\/\/github\.com\/owner\/project\/actions\/runs\/1001\?pr=7$/,
      );
      expect(lines.filter((line) => line.includes('checks: write'))).toHaveLength(1);
      expect(lines.filter((line) => line.includes('dir-or-file-in-opt')).length).toBeGreaterThan(50);
    },
    3 * minute,
  );
});
