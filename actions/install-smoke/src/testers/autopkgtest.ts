import { lstat, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type Argv, inertLine, innerPath, type Place } from '@release-kit/action';
import { type BootedMachine, copyTree, prepareLayer, prepareToolLayer } from '@release-kit/machine';
import { type Problem, ProblemError } from '../problem.ts';
import type { Finding } from '../steps.ts';
import type { Ground } from '../tracks/track.ts';
import { autopkgtestEnd, outcomesText, parseTestSummary, type TestOutcome } from './test-outcome.ts';
import { type FreshMachine, type Tester, testerEnvironment, testerFolder } from './tester.ts';

/**
 * autopkgtest's `null` server runs tests where it runs itself, and takes that for a whole machine. Ours is a container: tests that need
 * more, such as a kernel of their own, have to be left out.
 */
const server =
  'sed s/isolation-machine/isolation-container/ /usr/bin/autopkgtest-virt-null > /usr/bin/autopkgtest-virt-container; chmod 755 /usr/bin/autopkgtest-virt-container';

/** debian/tests of the source, run by Debian's autopkgtest in the booted machine itself, as on Debian's own infrastructure. */
export const autopkgtest: Tester = {
  name: 'autopkgtest',
  async prepare({ host, base, engine }) {
    const tool = { name: 'autopkgtest', packages: ['autopkgtest'], what: 'autopkgtest' };
    const installed = await prepareToolLayer(host, base, engine, tool);
    return prepareLayer(host, installed, engine, { name: 'autopkgtest-server', inputs: { server } }, async (machine) => {
      await machine.run(['/bin/sh', '-ec', server], { errorCode: 'E_BASE_SYSTEM', failure: 'autopkgtest cannot be set up' });
    });
  },
  async bring({ source, packages, host }, folder) {
    const left = await copyTree(source, join(folder, 'source'), dirname(packages.packages[0]?.file ?? '/'));
    for (const { path, reason } of left) host.log.debug(`left out of the tests: ${path} (${reason})`);
  },
  async steps(ground, steps, fresh) {
    const first = await steps.run('tests', () => testTogether(ground, fresh));
    for (const name of first?.alone ?? []) await steps.run(`test ${inertLine(name)}`, () => testAlone(ground, fresh, name));
  },
};

/** Whether the source has tests; autopkgtest(1) looks for this file. */
export async function hasTests(source: string): Promise<boolean> {
  const info = await lstat(join(source, 'debian/tests/control')).catch(() => undefined);
  return info?.isFile() === true;
}

/** All tests that leave the machine usable for the next one; `alone`: the names of the others. */
async function testTogether(ground: Ground, fresh: FreshMachine): Promise<Finding & { readonly alone: readonly string[] }> {
  const { outcomes, problems } = await fresh((machine) => runTests(ground, machine, []));
  const alone = [...new Set(outcomes.filter(isBreaking).map(({ name }) => name))];
  const here = outcomes.filter(({ name }) => !alone.includes(name));
  const later = alone.length === 0 ? '' : `; in machines of their own: ${alone.map(inertLine).join(', ')}`;
  return { problems, alone, note: `${outcomesText(here)}${later}`, ...allSkipped(here) };
}

/** autopkgtest leaves it out where the machine cannot be set back (its words differ from version to version); ours is thrown away instead. */
const isBreaking = ({ result, reason }: TestOutcome): boolean => result === 'skipped' && /breaks.testbed/.test(reason);

async function testAlone(ground: Ground, fresh: FreshMachine, name: string): Promise<Finding> {
  const { outcomes, problems } = await fresh((machine) =>
    runTests(ground, machine, [`--test-name=${name}`, '--ignore-restrictions=breaks-testbed']),
  );
  const own = outcomes.filter((outcome) => outcome.name === name);
  return { problems, note: outcomesText(own), ...allSkipped(own) };
}

function allSkipped(outcomes: readonly TestOutcome[]): { readonly skipped?: true } {
  return outcomes.every(({ result }) => result === 'skipped') ? { skipped: true } : {};
}

interface Tested {
  readonly outcomes: readonly TestOutcome[];
  readonly problems: readonly Problem[];
}

async function runTests(ground: Ground, machine: BootedMachine, options: readonly string[]): Promise<Tested> {
  const { host, timeout, packages } = ground;
  const env = testerEnvironment(host);
  await machine.run(['apt-get', '-q', 'update'], { env, allow: 'any', timeout });
  const argv: Argv = [
    'autopkgtest',
    `--output-dir=${testerFolder.results}`,
    '--no-built-binaries',
    ...options,
    ...packages.packages.map(({ file }) => `${testerFolder.packages}/${basename(file)}`),
    `${testerFolder.source}/`,
    '--',
    'container',
  ];
  const { exitCode, stdout, stderr } = await machine.run(argv, { env, allow: 'any', timeout });
  const summary = await machine.run(['cat', `${testerFolder.results}/summary`], { allow: 'any', timeout: 30_000 });
  const outcomes = parseTestSummary(summary.stdout).filter(({ name }) => name !== '*');
  const end = autopkgtestEnd(exitCode);
  if (end !== undefined) {
    const evidence = `${stdout}${stderr}`.trimEnd().split('\n').slice(-40).join('\n');
    throw new ProblemError({ category: 'test-failed', message: `autopkgtest: ${end}`, evidence, ...(await placeOfTest(ground, '')) });
  }
  const problems: Problem[] = [];
  for (const outcome of outcomes.filter(({ result }) => result === 'failed' || result === 'flaky'))
    problems.push(await failedTest(ground, machine, outcome));
  return { outcomes, problems };
}

async function failedTest(ground: Ground, machine: BootedMachine, { name, reason, result }: TestOutcome): Promise<Problem> {
  const files = ['stdout', 'stderr'].map((stream) => `${testerFolder.results}/${name}-${stream}`);
  const { stdout } = await machine.run(['tail', '-q', '-n', '25', '--', ...files], { allow: 'any', timeout: 30_000 });
  return {
    category: 'test-failed',
    // A test that is marked as flaky fails nothing: that is what the mark is for.
    level: result === 'flaky' ? 'warning' : 'error',
    message: `the test ${inertLine(name)} failed${reason === '' ? '' : `: ${inertLine(reason)}`}`,
    ...(stdout.trim() === '' ? {} : { evidence: stdout.trimEnd() }),
    ...(await placeOfTest(ground, name)),
  };
}

/** The test's own file, or the list of tests: at the line that names it. */
async function placeOfTest({ source, host }: Ground, name: string): Promise<{ readonly place?: Place }> {
  const at = (path: string): string => relative(host.files.workspace, join(source, path));
  if (innerPath(host.files.workspace, join(source, 'debian')) === undefined) return {};
  const own = `debian/tests/${name}`;
  const info = name === '' || name.includes('/') ? undefined : await lstat(join(source, own)).catch(() => undefined);
  if (info?.isFile() === true) return { place: { file: at(own), line: 1 } };
  const text = await readFile(join(source, 'debian/tests/control'), 'utf8').catch(() => ''); // a place is only a help
  const index = text.split('\n').findIndex((line) => /^Test(s|-Command):/i.test(line) && line.includes(name));
  return { place: { file: at('debian/tests/control'), line: index + 1 || 1 } };
}
