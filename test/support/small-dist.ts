import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What the frame of every bundle answers to an input that it does not know. */
const bundle = "console.log('::error title=Unknown input::E_INPUT'); process.exit(2);\n";

/** A tree as `npm run build` makes one, with two actions of one line, and a public workflow beside a hidden one. */
export const smallDist: Readonly<Record<string, string>> = {
  'dist/LICENSE': 'Apache\n',
  'dist/README.md': '# dist\n',
  'dist/sbom.cdx.json': '{ "metadata": { "component": {} } }\n',
  'dist/release-kit.schema.json': '{}\n',
  'dist/action.yml': 'runs:\n  using: composite\n  steps:\n    - id: build\n      uses: release-kit/release-kit/build-deb@v1\n',
  ...Object.fromEntries(
    ['build-deb', 'setup-cross'].flatMap((name) => [
      [`dist/${name}/index.js`, bundle],
      [`dist/${name}/package.json`, '{ "type": "module" }\n'],
      [`dist/${name}/licenses.txt`, 'nothing\n'],
      [`dist/${name}/action.yml`, `name: ${name}\ndescription: "Does | ${name}."\nruns:\n  using: node24\n  main: index.js\n`],
      [
        `dist/${name}/README.md`,
        `# ${name}\n\n- uses: release-kit/release-kit/${name}@v1\n\n[page](../../docs/x.md#a), [schema](../../release-kit.schema.json), [other](../setup-cross/README.md)\n`,
      ],
    ]),
  ),
  'workflows/build.yml': 'jobs:\n  build:\n    steps:\n      - uses: ./dist/build-deb\n  again:\n    uses: ./.github/workflows/other.yml\n',
  'workflows/other.yml': `jobs:\n  x:\n    steps:\n      # uses: anything in a comment\n      - uses: actions/checkout@${'a'.repeat(40)} # v6.1.0\n`,
  'workflows/.ci.yml': 'jobs: {}\n',
};

/** Writes it, with changes, below a folder; `undefined` leaves a file out. */
export async function writeSmallDist(folder: string, changes: Readonly<Record<string, string | undefined>> = {}): Promise<void> {
  for (const [path, text] of Object.entries({ ...smallDist, ...changes })) {
    if (text === undefined) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
