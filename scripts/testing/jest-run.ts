import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCLI } from 'jest';
import { drawsCases } from './drawn-cases.ts';
import { patternOf, type Until } from './early-end.ts';
import type { JestCounts } from './tally.ts';

/** Which tests of a file are run: of these full names alone, or from the first one until some have ended. */
export interface Part {
  readonly only?: readonly string[];
  readonly until?: Until;
}

/** What the worker is asked to do. Whatever the part, nothing is run after the first test that fails. */
export interface Order extends Part {
  /** A test file, relative to the root. */
  readonly test: string;
}

export interface FileRun {
  readonly counts: JestCounts;
  /** Names of the tests that failed, or why the file could not be loaded. */
  readonly failures: readonly string[];
  /** Names of the tests that passed. */
  readonly passes: readonly string[];
}

/** Runs one test file in this process, with what all projects of the root's jest.config.js have in common. */
export async function runFile(root: string, cache: string, { test, only, until }: Order): Promise<FileRun> {
  const { default: jest }: { default: { projects: readonly Options[] } } = await import(pathToFileURL(join(root, 'jest.config.js')).href);
  const common = inCommon(jest.projects);
  const config = {
    ...common,
    rootDir: root,
    // Jest looks through these on each run.
    roots: [dirname(join(root, test))],
    testMatch: ['<rootDir>/**/*.test.ts'],
    cacheDirectory: cache,
    testEnvironment: environment,
    testEnvironmentOptions: { ...(common['testEnvironmentOptions'] ?? {}), ...(until === undefined ? {} : { until }) },
  };
  const setupFilesAfterEnv = [...setupFiles(config), ...(drawsCases(await readFile(join(root, test), 'utf8')) ? [repeatable] : [])];
  const { results } = await runCLI(
    {
      $0: 'jest',
      _: [join(root, test)],
      config: JSON.stringify({ ...config, setupFilesAfterEnv }),
      runTestsByPath: true,
      ...(only === undefined ? {} : { testNamePattern: patternOf(only) }),
      runInBand: true,
      silent: true,
      watchman: false,
      reporters: [],
    },
    [root],
  );
  return {
    counts: {
      passed: results.numPassedTests,
      failed: results.numFailedTests,
      skipped: results.numPendingTests + results.numTodoTests,
      broken: results.numRuntimeErrorTestSuites,
    },
    failures: results.testResults.flatMap(({ testExecError, testResults }) => [
      ...(testExecError === undefined ? [] : [String(testExecError.message)]),
      ...testResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ]),
    passes: results.testResults.flatMap(({ testResults }) =>
      testResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName),
    ),
  };
}

type Options = Readonly<Record<string, unknown>>;

/** One project instead of five: jest looks through the tree once for each. What they do not share only tells them apart. */
export function inCommon(projects: readonly Options[]): Options {
  const [first, ...others] = projects;
  const same = ([name, value]: [string, unknown]): boolean =>
    others.every((other) => JSON.stringify(other[name]) === JSON.stringify(value));
  return Object.fromEntries(Object.entries(first ?? {}).filter(same));
}

const environment = join(import.meta.dirname, 'early-environment.ts');
const repeatable = join(import.meta.dirname, 'repeatable-properties.ts');

function setupFiles(config: Options): readonly unknown[] {
  return Array.isArray(config['setupFilesAfterEnv']) ? config['setupFilesAfterEnv'] : [];
}
