import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../history.ts';
import { hostileLines, tinySource, writeFiles } from '../hostile.ts';
import { type Caller, callerRepository } from './caller.ts';
import type { Proposal } from './pull-request.ts';

/** A stranger's change of the service with one finding of lintian, at debian/control:14, and a health check that fails. */
export const twoFaults: Proposal = {
  fork: 'ada/hello-service',
  branch: 'another-port',
  title: 'feat: listen on another port',
  async change(fork) {
    await fork.commit('feat: listen on another port', await fork.edited('hello-service.conf', /^port = 8080$/m, 'port = 8081'));
    const described = await fork.edited('debian/control', /^Description: small/m, 'Description: a small');
    await fork.commit('docs: describe the service in a sentence', described);
  },
};

/** Of a pull request, where git allows them: in the name of its branch, in titles and texts, and in names of files. */
export const hostileWords = {
  branch: `x";echo\${IFS}planted;\`id\`$(id)|<img/src=x>#%0Aplanted`,
  title: `feat: ::error::planted ##[error]planted </details><img src=x onerror=alert(1)> \${{ github.token }} $(id) | \`a\` | @everyone closes #1`,
  body: `${hostileLines.join('\n')}\n\${{ secrets.GITHUB_TOKEN }}`,
} as const;

/** Of files and authors, from the list that unit tests go through one by one. */
const listed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/hostile-pull-request.json'), 'utf8'));
const listOf = (key: string): readonly unknown[] => {
  const list: unknown = Reflect.get(Object(listed), key);
  return Array.isArray(list) ? list : [];
};
const textOf = (value: unknown, key: string): string => String(Reflect.get(Object(value), key));
const authors = listOf('authors').map((author) => `${textOf(author, 'name')} <${textOf(author, 'email')}>`);

/** Names of files; a slash would make folders. */
export const hostileNames: readonly string[] = [
  ...new Set([...hostileLines.map((line) => line.replaceAll('/', '_')), ...listOf('files').map(String)]),
];

/** A package so small that a build takes seconds, for a pull request that is all traps. */
export const tinyCaller = (folder: string, workflows: Readonly<Record<string, string>>): Promise<Caller> =>
  callerRepository(
    folder,
    'octo-org/tiny',
    async (checkout) => {
      await tinySource(checkout, [], '1.0.0');
      await writeFiles(checkout, { 'release-kit.yml': 'lint:\n  fail-on: never\n' });
      await git(checkout, 0, ['init', '--quiet', '--initial-branch=main']);
      await git(checkout, 0, ['add', '--all']);
      await git(checkout, 0, ['commit', '--quiet', '--message', 'feat: a tiny package']);
    },
    workflows,
  );

/** A finding on a changed line and a failing command, as in `twoFaults`, said in words that would like to be obeyed. */
export const allTraps: Proposal = {
  ...hostileWords,
  fork: 'mallory/tiny',
  async change(fork) {
    const files = Object.fromEntries(hostileNames.map((name) => [`notes/${name}`, 'x\n']));
    await fork.commit(hostileWords.title, files);
    for (const [index, author] of authors.entries()) await fork.commit(`fix: part ${index}`, { [`part-${index}`]: 'x\n' }, author);
    // Files that programs obey: git, git's names of people, lintian.
    await fork.commit('fix: what programs read', {
      '.gitattributes': '* filter=planted diff=planted\n',
      '.mailmap': '::error::planted <author@example.org>\n',
      '.lintianrc': 'suppress-tags = description-synopsis-starts-with-article\n',
    });
    const described = await fork.edited(
      'debian/control',
      /^Description: a package$/m,
      'Description: a package </details><img src=x> ::error::planted',
    );
    const commands = `${JSON.stringify(`echo '::error::planted'; echo '##[set-output name=x]planted' >&2; false`)}`;
    await fork.commit(hostileWords.body, {
      ...described,
      'release-kit.yml': `lint:\n  fail-on: warning\nsmoke:\n  commands:\n    - ${commands}\n`,
    });
  },
};
