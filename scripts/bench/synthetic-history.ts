/** Histories of any length for the benchmark: the same bytes for the same seed, made by git's own fast-import. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { randomOf } from '@release-kit/action/seeded-random';
import { runProcess } from '../testing/process.ts';

export interface SyntheticHistory {
  readonly commits: number;
  readonly seed: number;
}

const types = ['feat', 'fix', 'fix', 'chore', 'docs', 'refactor', 'test', 'ci', 'perf', 'build', 'style'];
const scopes = ['core', 'cli', 'parser', 'net', 'storage', 'web', 'deps'];
const words =
  'add allow avoid cache check clean close copy drop end find fold hold keep link list load lock mark merge move name open pack'.split(' ');
const things = 'answers blocks caches doors edges files graphs hosts inputs jobs keys limits maps names orders paths queues roots'.split(
  ' ',
);
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const pieceLength = 256 * 1024;

/** A new repository with this history, without a work tree: all commits have the empty tree, since no file is read for a changelog. */
export async function makeSyntheticHistory(folder: string, history: SyntheticHistory): Promise<void> {
  await mkdir(folder, { recursive: true });
  const made = await runProcess(['git', 'init', '-q', '-b', 'main', folder]);
  if (made.exitCode !== 0) throw new Error(`git init: ${made.output}`);
  const git = spawn('git', ['fast-import', '--quiet'], { cwd: folder, stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(git, 'close');
  for (const piece of historyStream(history)) if (!git.stdin.write(piece)) await Promise.race([once(git.stdin, 'drain'), ended]);
  git.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with exit code ${code}`);
}

interface Made {
  readonly mark: number;
  readonly sha: string;
  readonly subject: string;
}

/**
 * What fast-import reads. One commit in eight is on a side branch of one to three commits, which is merged as a forge does it; there are squashes
 * with numbers, bodies, trailers, co-authors, breaking footers, commits without convention, reverts by SHA and by subject, and of every 250
 * commits one is released, each fourth time after a candidate.
 */
export function* historyStream({ commits, seed }: SyntheticHistory): Generator<string> {
  const draw = randomOf(seed);
  const pick = <Item>(list: readonly Item[], fallback: Item): Item => list[Math.floor(draw() * list.length)] ?? fallback;
  let out: string[] = [];
  let length = 0;
  let mark = 0;
  const write = (text: string): void => {
    out.push(text);
    length += text.length;
  };
  const commit = (subject: string, body: string, parents: readonly Made[]): Made => {
    mark += 1;
    const person = `Person ${mark % 211} <person${mark % 211}@example.org> ${1_200_000_000 + mark * 300} +0000`;
    const message = body === '' ? `${subject}\n` : `${subject}\n\n${body}`;
    const links = parents.map(({ sha }) => `parent ${sha}\n`).join('');
    const object = `tree ${emptyTree}\n${links}author ${person}\ncommitter ${person}\n\n${message}`;
    const sha = createHash('sha1')
      .update(`commit ${Buffer.byteLength(object)}\0${object}`)
      .digest('hex');
    const froms = parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent.mark}\n`).join('');
    write(
      `commit refs/heads/main\nmark :${mark}\nauthor ${person}\ncommitter ${person}\ndata ${Buffer.byteLength(message)}\n${message}${froms}\n`,
    );
    return { mark, sha, subject };
  };
  const ordinary = (parents: readonly Made[], number: number): Made => {
    const text = `${pick(words, '')} ${pick(things, '')} of ${pick(things, '')} ${number}`;
    if (draw() < 0.1) return commit(`${text.slice(0, 1).toUpperCase()}${text.slice(1)}`, bodyOf(draw, number), parents);
    const scope = draw() < 0.4 ? `(${pick(scopes, '')})` : '';
    const bang = draw() < 0.002 ? '!' : '';
    const suffix = draw() < 0.5 ? ` (#${number})` : '';
    return commit(`${pick(types, 'fix')}${scope}${bang}: ${text}${suffix}`, bodyOf(draw, number), parents);
  };

  const recent: Made[] = [];
  const release = releaser(write);
  let tip: Made | undefined;
  while (mark < commits) {
    const base: readonly Made[] = tip === undefined ? [] : [tip];
    const chance = draw();
    const reverted = chance < 0.008 ? pick<Made | undefined>(recent, undefined) : undefined;
    const side = 1 + Math.floor(draw() * 3);
    if (reverted !== undefined) {
      tip = commit(
        `Revert "${reverted.subject}"`,
        chance < 0.006 ? `This reverts commit ${reverted.sha}.\n` : 'It broke something.\n',
        base,
      );
    } else if (chance < 0.08 && tip !== undefined && mark + side + 2 < commits) {
      let top: readonly Made[] = base;
      for (let left = side; left > 0; left -= 1) top = [ordinary(top, mark)];
      const trunk = ordinary(base, mark);
      tip = commit(`Merge pull request #${mark} from example/topic-${mark}`, `Title of ${mark}\n`, [trunk, ...top]);
    } else tip = ordinary(base, mark);
    if (recent.push(tip) > 40) recent.shift();
    release(tip);
    if (length >= pieceLength) {
      yield out.join('');
      out = [];
      length = 0;
    }
  }
  yield out.join('');
}

/** Tags a commit when enough have come since the last tag; annotated and light ones in turn. */
function releaser(write: (text: string) => void): (tip: Made) => void {
  let number = 0;
  let last = 0;
  let candidate = -1;
  const tag = (name: string, { mark }: Made, annotated: boolean): void => {
    if (annotated)
      write(`tag ${name}\nfrom :${mark}\ntagger Person 0 <person0@example.org> ${1_200_000_000 + mark * 300} +0000\ndata 2\nx\n\n`);
    else write(`reset refs/tags/${name}\nfrom :${mark}\n\n`);
  };
  return (tip) => {
    const version = `v${1 + Math.floor(number / 40)}.${number % 40}.0`;
    if (number % 4 === 3 && candidate !== number && tip.mark - last >= 200) {
      candidate = number;
      tag(`${version}-rc.1`, tip, true);
    }
    if (tip.mark - last < 250) return;
    tag(version, tip, number % 2 === 0);
    number += 1;
    last = tip.mark;
  };
}

function bodyOf(draw: () => number, number: number): string {
  if (draw() < 0.4) return '';
  const lines = [
    'What was done before was not what people wanted, so this does it in',
    `another way, as ticket ${number} has it; nothing else changes by it.`,
  ];
  if (draw() < 0.01) lines.push('', `BREAKING CHANGE: option ${number} is gone; use the other one,`, 'which has the same values.');
  const trailers = [
    ...(draw() < 0.1 ? [`Co-authored-by: Jane Doe ${number % 97} <jane${number % 97}@example.org>`] : []),
    ...(draw() < 0.1 ? [`Fixes: #${number % 5000}`] : []),
    ...(draw() < 0.2 ? [`Signed-off-by: Person ${number % 211} <person${number % 211}@example.org>`] : []),
  ];
  return `${[...lines, ...(trailers.length === 0 ? [] : ['', ...trailers])].join('\n')}\n`;
}
