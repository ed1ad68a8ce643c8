import type { Problems, SourceTree } from './source-tree.ts';

const required = ['action.yml', 'README.md', 'package.json', 'tsconfig.json', 'src/index.ts', 'src/main.ts', 'src/run.ts', 'src/spec.ts'];
const longestEntry = 15;

/** Each action has its interface, its story, an entry without logic, a page, and tests. */
export function actionProblems(tree: SourceTree): Problems {
  const paths = [...tree.keys()];
  const actions = [...new Set(paths.map((path) => /^actions\/([^/]+)\//.exec(path)?.[1]).filter((name) => name !== undefined))];
  return actions.flatMap((name) => {
    const folder = `actions/${name}`;
    const missing = required.filter((file) => !tree.has(`${folder}/${file}`)).map((file) => `${folder}: ${file} is missing`);
    const tests = paths.filter((path) => path.startsWith(`${folder}/src/`) && path.endsWith('.test.ts') && !path.endsWith('.itg.test.ts'));
    const lines = (tree.get(`${folder}/src/main.ts`) ?? '').trimEnd().split('\n').length;
    return [
      ...missing,
      ...(tests.length > 0 ? [] : [`${folder}: has no unit tests`]),
      ...(lines < longestEntry ? [] : [`${folder}/src/main.ts: has ${lines} lines; an entry stays below ${longestEntry}`]),
    ];
  });
}

/** Every code of the catalog is thrown somewhere and has its heading in docs/errors.md. */
export function errorCodeProblems(tree: SourceTree, codes: readonly string[]): Problems {
  const page = tree.get('docs/errors.md') ?? '';
  const sources = [...tree].filter(
    ([path]) =>
      /^(packages|actions)\/[^/]+\/src\//.test(path) && !/(\.test\.ts|\/spec\.ts|\/(error-catalog|release-errors)\.ts)$/.test(path),
  );
  return codes.flatMap((code) => [
    ...(sources.some(([, text]) => text.includes(`'${code}'`)) ? [] : [`${code}: nothing ends with it`]),
    ...(page.includes(`### ${code}\n`) ? [] : [`${code}: docs/errors.md has no heading for it`]),
  ]);
}
