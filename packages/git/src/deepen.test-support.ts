import { join } from 'node:path';
import type { RecordingHost } from '@release-kit/action';

export interface DrawnCommit {
  /** Places in the list of commits, all before this one. */
  readonly parents: readonly number[];
  /** Names of tags. */
  readonly tags: readonly string[];
  /** Seconds after the commit before. */
  readonly after?: number;
}

/** A remote with this history, whose last commit is main, and its address. It has an object of text in each commit. */
export async function remoteWith(host: RecordingHost, commits: readonly DrawnCommit[]): Promise<string> {
  const folder = join(host.files.workspace, 'remote.git');
  await host.exec(['git', 'init', '--quiet', '--bare', '-b', 'main', folder]);
  const parts: string[] = [];
  let time = 1_700_000_000;
  for (const [index, { parents, tags, after = 60 }] of commits.entries()) {
    time += after;
    const who = `A U Thor <a@example.org> ${time} +0000\n`;
    const message = `commit ${index}\n`;
    const [first, ...others] = parents.map((at) => `:${at + 1}\n`);
    const lines = [first === undefined ? '' : `from ${first}`, ...others.map((mark) => `merge ${mark}`)].join('');
    parts.push(
      `reset refs/heads/main\ncommit refs/heads/main\nmark :${index + 1}\nauthor ${who}committer ${who}data ${message.length}\n${message}${lines}`,
    );
    parts.push(`M 100644 inline d${index % 3}/f${index % 7}\ndata ${message.length}\n${message}\n`);
    for (const [place, tag] of tags.entries())
      parts.push(
        place % 2 === 0 ? `tag ${tag}\nfrom :${index + 1}\ntagger ${who}data 1\nx\n` : `reset refs/tags/${tag}\nfrom :${index + 1}\n\n`,
      );
  }
  await host.exec(['git', 'fast-import', '--quiet', '--force'], { cwd: folder, stdin: parts.join('') });
  await host.exec(['git', 'config', 'uploadpack.allowFilter', 'true'], { cwd: folder });
  return `file://${folder}`;
}

/** A shallow clone, as actions/checkout makes it: no tags. */
export async function shallowClone(host: RecordingHost, url: string, depth = 1): Promise<string> {
  const folder = join(host.files.workspace, `shallow-${depth}`);
  await host.exec(['git', 'clone', '--quiet', '--no-tags', `--depth=${depth}`, url, folder]);
  return folder;
}
