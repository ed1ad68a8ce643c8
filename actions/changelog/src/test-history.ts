import type { Host } from '@release-kit/action';

/**
 * `subject`, or `[subject, body]`, or more of a commit; or a tag: `tag v1.0.0` (lightweight), `annotated v1.0.0`; or a branch: `branch name` that starts
 * at the first commit, `fork name` at the newest, `switch name` back to it, and `merge name` of it into the one that is being written.
 */
export type Step = string | readonly [subject: string, body: string] | CommitStep;

export interface CommitStep {
  readonly subject: string;
  readonly body?: string;
  /** Name of the author; the address follows from it. */
  readonly author?: string;
  /** Files that it changes. */
  readonly files?: readonly string[];
}

/** A history made by git itself, the same bytes every time. */
export async function makeHistory(host: Host, checkout: string, steps: readonly Step[]): Promise<void> {
  const parts: (string | Buffer)[] = [];
  const tips = new Map<string, number>();
  let branch = 'main';
  let mark = 0;
  const commit = ({ subject, body, author = 'A U Thor', files = [] }: CommitStep, merged?: number): void => {
    mark += 1;
    const message = Buffer.from(body === undefined ? subject : `${subject}\n\n${body}`);
    const when = `${1_700_000_000 + mark * 60} +0000\n`;
    const address = author === 'A U Thor' ? 'a@example.org' : `${author.toLowerCase().replaceAll(' ', '.')}@example.org`;
    parts.push(
      `commit refs/heads/${branch}\nmark :${mark}\nauthor ${author} <${address}> ${when}committer A U Thor <a@example.org> ${when}`,
    );
    parts.push(`data ${message.length}\n`, message, '\n', merged === undefined ? '' : `merge :${merged}\n`);
    for (const file of files) parts.push(`M 100644 inline ${file}\ndata ${String(mark).length}\n${mark}\n`);
    tips.set(branch, mark);
  };
  for (const step of steps) {
    const [word = '', name = ''] = typeof step === 'string' ? step.split(' ') : [];
    const tip = tips.get(branch) ?? mark;
    if (word === 'tag') parts.push(`reset refs/tags/${name}\nfrom :${tip}\n\n`);
    else if (word === 'annotated')
      parts.push(`tag ${name}\nfrom :${tip}\ntagger A U Thor <a@example.org> ${1_700_000_000 + mark * 60} +0000\ndata 1\nx\n`);
    else if (word === 'branch' || word === 'fork') {
      branch = name;
      tips.set(branch, word === 'branch' ? 1 : tip);
      parts.push(`reset refs/heads/${name}\nfrom :${tips.get(branch)}\n\n`);
    } else if (word === 'switch') branch = name;
    else if (word === 'merge') commit({ subject: `Merge branch '${name}'` }, tips.get(name));
    else if (typeof step === 'string') commit({ subject: step });
    else if ('subject' in step) commit(step);
    else commit({ subject: step[0], body: step[1] });
  }
  await host.exec(['git', 'init', '-q', '-b', 'main'], { cwd: checkout });
  await host.exec(['git', 'fast-import', '--quiet'], { cwd: checkout, stdin: Buffer.concat(parts.map((part) => Buffer.from(part))) });
}
