import type { Host } from '@release-kit/action';

/** `subject`, or `[subject, body]`, or a tag: `tag v1.0.0` (lightweight), `annotated v1.0.0`, or `branch name` that starts at the first commit. */
export type Step = string | readonly [subject: string, body: string];

/** A history made by git itself, the same bytes every time. */
export async function makeHistory(host: Host, checkout: string, steps: readonly Step[]): Promise<void> {
  const parts: (string | Buffer)[] = [];
  let branch = 'main';
  let mark = 0;
  for (const step of steps) {
    const [word = '', name = ''] = typeof step === 'string' ? step.split(' ') : [];
    const who = `A U Thor <a@example.org> ${1_700_000_000 + mark * 60} +0000\n`;
    if (word === 'tag') parts.push(`reset refs/tags/${name}\nfrom :${mark}\n\n`);
    else if (word === 'annotated') parts.push(`tag ${name}\nfrom :${mark}\ntagger ${who}data 1\nx\n`);
    else if (word === 'branch') {
      branch = name;
      parts.push(`reset refs/heads/${name}\nfrom :1\n\n`);
    } else {
      const message = Buffer.from(typeof step === 'string' ? step : `${step[0]}\n\n${step[1]}`);
      mark += 1;
      parts.push(`commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}committer ${who}data ${message.length}\n`, message, '\n');
    }
  }
  await host.exec(['git', 'init', '-q', '-b', 'main'], { cwd: checkout });
  await host.exec(['git', 'fast-import', '--quiet'], { cwd: checkout, stdin: Buffer.concat(parts.map((part) => Buffer.from(part))) });
}
