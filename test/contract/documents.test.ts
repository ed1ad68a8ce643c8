import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { repository } from '../support/command-line.ts';
import { blockProblems, shellcheckProblems } from '../support/documents/block-problems.ts';
import { readDocuments } from '../support/documents/documents.ts';
import { isThere, linkProblems, pathProblems } from '../support/documents/link-problems.ts';
import { readPage } from '../support/documents/markdown-page.ts';

/** Milliseconds: GitHub's editor is loaded, and reads dozens of workflows. */
const long = 120_000;
const pages = await readDocuments(repository);
const block = (language: string, text: string, page = 'docs/x.md') => readPage(page, `\`\`\`${language}\n${text}\n\`\`\`\n`).blocks;
const canShellcheck = spawnSync('shellcheck', ['--version']).error === undefined;
const testWithShellcheck = canShellcheck || process.env['CI'] ? test : test.skip;

describe('documents', () => {
  test('there are those that people look for', () => {
    const paths = pages.map(({ path }) => path);
    for (const name of ['README', 'getting-started', 'installing', 'releasing', 'keys', 'workflows', 'habits', 'security', 'errors'])
      expect(paths).toContain(`docs/${name}.md`);
  });
  test.each(pages.filter(({ blocks }) => blocks.length > 0).map(({ path }) => path))(
    'each block of %s is what its language takes it for',
    async (path) => {
      const problems = [];
      for (const one of pages.find((page) => page.path === path)?.blocks ?? []) problems.push(...(await blockProblems(one, repository)));
      expect(problems).toEqual([]);
    },
    long,
  );
  testWithShellcheck(
    'shellcheck warns of nothing in their commands',
    async () => expect(await shellcheckProblems(pages.flatMap(({ blocks }) => blocks))).toEqual([]),
    long,
  );
  test('every link leads somewhere', async () => expect(await linkProblems(pages, repository)).toEqual([]));
  test('every path of this repository that they name is there', async () => expect(await pathProblems(pages, repository)).toEqual([]));
  test('a block that is run by a test names a test that is there', async () => {
    const markers = pages.flatMap(({ blocks }) => blocks.flatMap(({ marker }) => /^run by (.*)$/.exec(marker)?.[1] ?? []));
    for (const path of new Set(markers)) expect([path, await isThere(`${repository}${path}`)]).toEqual([path, true]);
  });
  test('docs/README.md leads to every page of docs/', () => {
    const targets = pages.find(({ path }) => path === 'docs/README.md')?.links.map(({ target }) => target.split('#')[0]) ?? [];
    const names = pages.flatMap(({ path }) => /^docs\/([^/]+\.md)$/.exec(path)?.[1] ?? []).filter((name) => name !== 'README.md');
    expect(names.filter((name) => !targets.includes(name))).toEqual([]);
  });
});

describe('a block that is wrong is found', () => {
  test.each([
    ['', 'x', 'without a language'],
    ['rust', 'fn main() {}', 'nobody checks blocks of rust'],
    ['yaml', 'a: [', 'docs/x.md:'],
    ['yaml', '- uses: release-kit/release-kit/build-debs@v1', 'build-debs'],
    ['yaml', '- uses: release-kit/release-kit/build-deb@v1\n  with: { distributionn: debian:12 }', 'distributionn'],
    ['yaml', 'job:\n  uses: release-kit/release-kit/.github/workflows/validate.yml@v1\n  with: { titel: never }', 'titel'],
    ['yaml', 'on: push\njobs:\n  x:\n    needs: y\n    runs-on: ubuntu-24.04\n    steps: [{ run: make }]', 'docs/x.md:'],
    ['yaml', 'permissions:\n  content: read\nsteps:\n  - run: make', 'content'],
    ['yaml', 'smoke:\n  target: [debian:12]', 'did you mean targets'],
    ['sh', 'if true; then', 'syntax error'],
    ['sh', 'release-kit bild examples/hello-service', 'no command bild'],
    ['sh', 'cd x && release-kit build --distributionn=debian:12', 'no option --distributionn'],
    ['sh', 'release-kit key new \\\n  --user-ids x', 'no option --user-ids'],
    ['sh', 'scripts/build-local.sh --yes --outputs=x', 'no option --outputs'],
    ['sh', 'scripts/test-all.sh', 'scripts/test-all.sh is not there'],
    ['console', '$ release-kit changelogs\nsaid', 'no command changelogs'],
    ['json', '{ "a": }', 'SyntaxError'],
    ['ts', 'const a: number = = 1;', 'docs/x.md:2: '],
    ['mermaid', 'flow LR\n  a --> b', 'no kind of diagram'],
    ['mermaid', 'flowchart LR\n  a["one] --> b', 'does not close'],
    ['mermaid', 'flowchart LR\n  subgraph s\n  a --> b', 'do not fit together'],
  ])(
    '%s: %j',
    async (language, text, message) => {
      const found = [];
      for (const one of block(language, text)) found.push(...(await blockProblems(one, repository)));
      expect(found.join('\n')).toContain(message);
    },
    long,
  );
  test('in its line, also when it is only a part', async () => {
    const [one] = block('yaml', '- uses: actions/checkout@v6\n- uses: release-kit/release-kit/build-deb@v1\n  with: { sorce: x }');
    expect(await (one === undefined ? [] : blockProblems(one, repository))).toEqual([expect.stringMatching(/^docs\/x\.md:4: .*sorce/)]);
  });
  testWithShellcheck('shell that shellcheck warns of', async () => {
    expect((await shellcheckProblems(block('sh', 'true\nfor file in $(ls *.deb); do echo "$file"; done\n'))).join()).toMatch(
      /^docs\/x\.md:3: \w+: .*SC2045/,
    );
  });
  test.each([
    ['flowchart LR\n  a["one (two)"] -->|yes| b{{three}}'],
    ['sequenceDiagram\n  participant A as job\n  A->>B: digest\n  B--)A: done'],
    ['flowchart TB\n  subgraph zone 1\n    build\n  end\n  build --> sign'],
  ])('but no diagram that is right: %j', async (text) => {
    for (const one of block('mermaid', text)) expect(await blockProblems(one, repository)).toEqual([]);
  });
});

describe('a page', () => {
  test('has the anchors that GitHub makes', () => {
    const text = '# A `b` & [c](x.md): d.e\n## Same\n## Same\n```sh\n# no heading\n```\n### Grüße_und-mehr\n';
    expect([...readPage('x.md', text).anchors]).toEqual(['a-b--c-de', 'same', 'same-1', 'grüße_und-mehr']);
  });
  test('has links and blocks at their lines, with the marker above a block', () => {
    const page = readPage('x.md', 'See [a](b.md#c) and `[d](e)`.\n\n<!-- run by x -->\n\n  ```sh\n  one\n    two\n  ```\n');
    expect(page.links).toEqual([{ line: 1, target: 'b.md#c' }]);
    expect(page.blocks).toEqual([{ page: 'x.md', line: 6, language: 'sh', text: 'one\n  two\n', marker: 'run by x' }]);
  });
  test('that is not closed, or whose links lead nowhere, is found', async () => {
    const page = readPage('docs/x.md', '# One\n[a](keys.md#nowhere) [b](gone.md) [c](#one) [d](../../x)\n`docs/gone.md`\n```sh\ntrue\n');
    expect(page.blocks.map(({ language }) => language)).toEqual(['not closed']);
    const known = [...pages.filter(({ path }) => path === 'docs/keys.md'), page];
    expect((await linkProblems(known, repository)).filter((line) => line.startsWith('docs/x.md'))).toEqual([
      'docs/x.md:2: keys.md#nowhere is no heading',
      'docs/x.md:2: gone.md is not there',
      'docs/x.md:2: ../../x is not there',
    ]);
    expect(await pathProblems([page], repository)).toEqual(['docs/x.md:3: docs/gone.md is not there']);
  });
});
