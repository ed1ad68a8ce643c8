import type { FakeGitHub } from '@release-kit/github-stand-in';
import { git } from '../history.ts';

/** Lets the stand-in know the branches, tags and commits of a bare repository as they are now. */
export async function mirror(github: FakeGitHub, bare: string): Promise<void> {
  const ask = (args: readonly string[]): Promise<string> => git(bare, 0, args);
  const commits = await ask(['log', '--all', '-z', '--format=%H%n%T%n%P%n%B']);
  for (const commit of commits.split('\0').filter((text) => text !== '')) {
    const [sha = '', tree = '', parents = '', ...message] = commit.split('\n');
    github.git.commits.set(sha, { tree, parents: parents.split(' ').filter((parent) => parent !== ''), message: message.join('\n') });
  }
  const references = await ask(['for-each-ref', '--format=%(refname) %(objectname) %(objecttype) %(*objectname)']);
  for (const line of references.trim().split('\n')) {
    const [name = '', sha = '', type = '', object = ''] = line.split(' ');
    github.git.references.set(name.replace(/^refs\//, ''), sha);
    const tag = name.replace(/^refs\/tags\//, '');
    if (type === 'tag') github.tagObjects.set(sha, { tag, message: `${tag}\n`, object });
  }
}
