import { type Manner, runJest } from './jest-stage.ts';
import { runProcess } from './process.ts';
import { single, type Tally } from './tally.ts';

export interface Stage {
  readonly name: string;
  readonly what: string;
  /** Not part of a whole run: it takes hours. */
  readonly onlyWhenNamed?: boolean;
  run(context: StageContext): Promise<Tally>;
}

export interface StageContext {
  /** Absolute; the repository. */
  readonly root: string;
  /** Absolute; reports and coverage of this run. */
  readonly reports: string;
  /** In CI a skipped test is a failure. */
  readonly ci: boolean;
}

const source = '--conditions=release-kit:source';

/** Fast first: what fails in seconds is not found after minutes. */
export const stages: readonly Stage[] = [
  command('types', 'the compiler, all projects', ['tsc', '-b']),
  // Markdown is wrapped by hand, and rendered files are as the renderer writes them.
  command('style', 'linter and formatter', [
    'biome',
    'check',
    '--diagnostic-level=warn',
    '--md-formatter-enabled=false',
    '--yaml-formatter-enabled=false',
    '.',
  ]),
  command('render', 'rendered files are fresh', ['node', source, 'scripts/render.ts', '--check']),
  jest('unit', 'beside the code'),
  command('build', 'dist/, twice the same bytes, every bundle starts', ['node', source, 'scripts/build.ts', '--check-reproducible']),
  jest('contract', 'specs, documents, imports and workflows agree', 'lanes'),
  jest('integration', 'real tools and clean machines', 'lanes'),
  jest('e2e', 'dist/ run as a runner runs it', 'lanes'),
  command('mutants', 'planted defects are caught', ['node', source, 'scripts/mutants.ts']),
  { ...jest('long', 'emulated builds of real packages; minutes each', 'lanes'), onlyWhenNamed: true },
  command('coverage', 'lines, merged over all stages', ['node', '--disable-warning=ExperimentalWarning', source, 'scripts/coverage.ts']),
];

function command(name: string, what: string, argv: readonly [string, ...string[]]): Stage {
  return { name, what, run: async ({ root }) => single((await runProcess(argv, { show: true, cwd: root })).exitCode === 0) };
}

function jest(name: string, what: string, manner: Manner = 'shards'): Stage {
  return { name, what, run: (context) => runJest(name, manner, context) };
}
