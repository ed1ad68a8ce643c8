/** A file at the root of a package -> what its presence says of the sources, in the order in which they are told. */
const marks: readonly (readonly [file: string, language: string])[] = [
  ['Cargo.toml', 'Rust'],
  ['go.mod', 'Go'],
  ['pyproject.toml', 'Python'],
  ['setup.py', 'Python'],
  ['package.json', 'JavaScript'],
  ['meson.build', 'Meson'],
  ['CMakeLists.txt', 'CMake'],
  ['configure.ac', 'Autotools'],
  ['Makefile', 'make'],
];

/** Languages and build systems by the names of the files in a folder, each once. */
export function languagesOf(files: readonly string[]): readonly string[] {
  return [...new Set(marks.flatMap(([file, language]) => (files.includes(file) ? [language] : [])))];
}
