import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeBlock } from './markdown-page.ts';
import { mermaidProblems } from './mermaid-blocks.ts';
import { commandProblems, typed } from './shell-blocks.ts';
import { yamlProblems } from './yaml-blocks.ts';

/** What is shown and not read by a program that we have. */
const free = ['text', 'markdown', 'liquid', 'diff'];

/** What is wrong with a block, by its language: `page:line: message`. */
export async function blockProblems(block: CodeBlock, root: string): Promise<readonly string[]> {
  return (await problemsOf(block, root)).map((problem) => placed(block, problem));
}

async function problemsOf(block: CodeBlock, root: string): Promise<readonly string[]> {
  const { language, text } = block;
  if (free.includes(language)) return [];
  if (language === 'yaml') return yamlProblems(block, root);
  if (language === 'sh' || language === 'console') return [...syntaxProblems(typed(block)), ...(await commandProblems(block, root))];
  if (language === 'mermaid') return mermaidProblems(text);
  if (language === 'json') return parseProblems(() => JSON.parse(text));
  if (language === 'ts') return parseProblems(() => stripTypeScriptTypes(text));
  return [`1: ${language === '' ? 'a block without a language' : `nobody checks blocks of ${language}`}`];
}

function syntaxProblems(text: string): readonly string[] {
  const { status, stderr, error } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return status === 0 ? [] : [`1: ${stderr.split('\n')[0]}`];
}

function parseProblems(parse: () => unknown): readonly string[] {
  try {
    parse();
    return [];
  } catch (error) {
    return [`1: ${String(error)}`];
  }
}

const placed = ({ page, line }: CodeBlock, problem: string): string => {
  const [, number = '1', message = problem] = /^(-?\d+): ([\s\S]*)$/.exec(problem) ?? [];
  return `${page}:${line + Math.max(1, Number(number)) - 1}: ${message}`;
};

/** What shellcheck warns of in blocks of shell, but for variables that the reader goes on with, and folders that he sees he is in. */
export async function shellcheckProblems(blocks: readonly CodeBlock[]): Promise<readonly string[]> {
  const scripts = blocks.filter(({ language }) => language === 'sh' || language === 'console');
  const folder = await mkdtemp(join(tmpdir(), 'blocks-'));
  try {
    for (const [index, block] of scripts.entries()) await writeFile(join(folder, `${index}.sh`), typed(block));
    const options = ['--shell=bash', '--severity=warning', '--exclude=SC2034,SC2164', '--format=gcc'];
    const { stdout, error } = spawnSync('shellcheck', [...options, ...scripts.map((_, index) => `${index}.sh`)], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    return [...stdout.matchAll(/^(\d+)\.sh:(\d+):\d+: (.*)$/gm)].flatMap(([, index, line, message]) => {
      const block = scripts[Number(index)];
      return block === undefined ? [] : [placed(block, `${line}: ${message}`)];
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
