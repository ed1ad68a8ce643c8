import { describe, expect, test } from '@jest/globals';
import { bumpFile } from './bump-file.ts';

const bump = (text: string, options = {}) => bumpFile('pyproject.toml', text, { file: 'pyproject.toml', to: '1.3.0', ...options });

const project = `[build-system]
requires = ["setuptools>=1.2.0"]

[project]
name = "tool"
# version = "1.2.0"
version = "1.2.0"  # PEP 440
dependencies = ["version==1.2.0", 'x; python_version < "3.11"']

[project.optional-dependencies]
version = ["1.2.0"]

[tool.other]
version = "1.2.0"
`;

describe('pyproject.toml', () => {
  test('the version of the project changes, no other', async () => {
    const { text, places } = await bump(project, { from: '1.2.0' });
    expect(text).toBe(project.replace('\nversion = "1.2.0"  #', '\nversion = "1.3.0"  #'));
    expect(places).toEqual([{ line: 7, column: 12, what: 'project.version', from: '1.2.0', to: '1.3.0' }]);
  });

  test("Poetry's version changes, with the project's when both stand there", async () => {
    const text = "[tool.poetry]\nversion = '1.2.0'\n";
    expect((await bump(text)).text).toBe("[tool.poetry]\nversion = '1.3.0'\n");
    expect((await bump(`project.version = "1.2"\n${text}`, { from: '1.2.0' })).places).toHaveLength(2);
    await expect(bump(`project.version = "1.1"\n${text}`)).rejects.toMatchObject({ code: 'E_BUMP', place: { line: 3 } });
  });

  test.each([
    ['1.3.0-rc.1', '1.3.0rc1'],
    ['1.3.0-alpha.2', '1.3.0a2'],
    ['1.3.0-dev.4', '1.3.0.dev4'],
  ])('%s is written as PEP 440 has it: %s; the spelling that stands there does not matter', async (to, written) => {
    const { text } = await bump(project, { from: '1.2.0', to });
    expect(text).toContain(`version = "${written}"  #`);
    expect((await bump(text, { from: to })).places).toHaveLength(1);
    const spelled = text.replace(written, to);
    expect((await bump(spelled, { from: to })).text).toContain('version = "1.3.0"  #');
  });

  test.each(['1.3.0-1', '1.3.0-post.1', '1.3.0-nightly.2', '1.3.0-rc.1.2'])('%s has no form in Python: refused', async (to) => {
    await expect(bump(project, { to })).rejects.toThrowWithCode('E_BUMP', /PEP 440/);
  });

  test('an epoch is not lost', async () => {
    await expect(bump('[project]\nversion = "1!1.2.0"')).rejects.toThrowWithCode('E_BUMP', /no version that can be changed/);
  });

  test.each([
    ['[tool.setuptools.dynamic]\nversion = { attr = "tool.__version__" }', /the attribute tool.__version__ holds it/],
    ['[tool.setuptools.dynamic]\nversion.file = "VERSION"', /the file VERSION holds it/],
    ['[tool.hatch.version]\npath = "src/tool/about.py"', /the file src\/tool\/about.py holds it/],
    ['[tool.hatch.version]\nsource = "vcs"', /hatch takes it from vcs/],
    ['[tool.setuptools_scm]\nlocal_scheme = "x"', /from tags/],
    ['[build-system]\nbuild-backend = "flit_core.buildapi"', /flit_core.buildapi knows/],
    ['', /the build tool knows/],
  ])('a dynamic version is left, and told where it is: %j', async (tables, remark) => {
    const text = `project.dynamic = ["readme", "version"]\n${tables}\n`;
    expect(await bump(text, { from: '1.2.0' })).toEqual({ text, places: [], remarks: [expect.stringMatching(remark)] });
  });

  test("Poetry's placeholder is left when a plugin replaces it", async () => {
    const text = '[tool.poetry]\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = true\n';
    expect(await bump(text)).toEqual({ text, places: [], remarks: [expect.stringMatching(/poetry-dynamic-versioning/)] });
  });

  test('what is dynamic, but not the version, changes nothing', async () => {
    await expect(bump('[project]\ndynamic = ["readme"]\n')).rejects.toThrowWithCode('E_BUMP', /no version/);
  });

  test('a name that would be obeyed by a runner is harmless in a remark', async () => {
    const text = 'project.dynamic = ["version"]\ntool.hatch.version.path = "x\\n::error::planted"\n';
    expect((await bump(text)).remarks).toEqual([expect.not.stringMatching(/\n/)]);
  });
});
