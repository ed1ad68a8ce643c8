import { readConfig } from '@release-kit/config';
import { parse, parseDocument } from 'yaml';
import { lintWorkflow } from '../workflow-lint/workflow-lint.ts';
import type { CodeBlock } from './markdown-page.ts';

/** A workflow that holds a block; `shift` lines stand before it. */
interface Wrapped {
  readonly text: string;
  readonly shift: number;
  readonly whole: boolean;
}

const keysOfJobs = ['steps', 'runs-on', 'needs', 'strategy', 'outputs', 'uses'];
const job = ['on: push', 'jobs:', '  job:'];
const runner = '    runs-on: ubuntu-24.04';

/**
 * What is wrong with a block of YAML: `line: message`. Workflows, jobs, steps and inputs of actions are put into a workflow and read by GitHub's own editor, with
 * our actions and workflows of this tree; everything else is read as release-kit.yml.
 */
export async function yamlProblems({ text, page, marker }: CodeBlock, root: string): Promise<readonly string[]> {
  const parsed = parseDocument(text);
  const [error] = parsed.errors;
  if (error !== undefined) return [`${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`];
  const action = /^inputs of ([a-z-]+)$/.exec(marker)?.[1];
  const wrapped = wrap(text, parsed.toJS(), action ?? /^actions\/([a-z-]+)\//.exec(page)?.[1] ?? '', action !== undefined);
  if (wrapped === undefined) return configProblems(text);
  const found = await lintWorkflow('.github/workflows/block.yml', wrapped.whole ? wrapped.text : withNeeded(wrapped.text), root);
  return found.filter((line) => wrapped.whole || !onlyInPart.test(line)).map((line) => moved(line, wrapped.shift));
}

/** What other jobs and steps, which are not shown, would give; and jobs of which only a part is shown. */
const onlyInPart =
  /Context access might be invalid|Required property is missing: (?:runs-on|steps|uses)|There's not enough info to determine/;

/** Undefined when it is no part of a workflow. */
function wrap(text: string, content: unknown, action: string, inputsOnly: boolean): Wrapped | undefined {
  const inside = (before: readonly string[], depth: number): Wrapped => ({
    text: [...before, indented(text, depth)].join('\n'),
    shift: before.length,
    whole: false,
  });
  const step = [...job, runner, '    steps:', `      - uses: release-kit/release-kit/${action}@v1`];
  const keys = Object.keys(Object(content));
  const has = (...names: readonly string[]): boolean => names.some((name) => keys.includes(name));
  if (inputsOnly) return inside([...step, '        with:'], 10);
  if (Array.isArray(content)) return inside([...job, runner, '    steps:'], 6);
  if (has('on') && has('jobs')) return { text, shift: 0, whole: true };
  if (has('jobs')) return inside(['on: push'], 0);
  if (has('with') && !has('uses')) return inside(step, 8);
  if (has(...keysOfJobs)) return inside([...job, ...(has('runs-on', 'uses') ? [] : [runner])], 4);
  const jobs: readonly unknown[] = Object.values(Object(content));
  if (jobs.length > 0 && jobs.every((value) => keysOfJobs.some((key) => Object.hasOwn(Object(value), key))))
    return inside(['on: push', 'jobs:'], 2);
  return undefined;
}

/** With the least indentation taken away, and `depth` blanks put in its place. */
function indented(text: string, depth: number): string {
  const lines = text.split('\n');
  const least = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => (line.trim() === '' ? '' : `${' '.repeat(depth)}${line.slice(least)}`)).join('\n');
}

/** With the jobs that others of it wait for and that are not shown. */
function withNeeded(text: string): string {
  const jobs: Readonly<Record<string, { readonly needs?: string | readonly string[] } | null>> = parse(text)?.jobs ?? {};
  const needed = new Set(Object.values(jobs).flatMap((one) => one?.needs ?? []));
  const absent = [...needed].filter((name) => !Object.hasOwn(jobs, name));
  return [text, ...absent.map((name) => `  ${name}:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make`), ''].join('\n');
}

const moved = (line: string, shift: number): string => line.replace(/^\d+/, (number) => String(Number(number) - shift));

async function configProblems(text: string): Promise<readonly string[]> {
  try {
    await readConfig(text, 'release-kit.yml');
    return [];
  } catch (error) {
    return [
      `1: no release-kit.yml, and no part of a workflow: ${error instanceof Object && 'message' in error ? String(error.message) : ''}`,
    ];
  }
}
