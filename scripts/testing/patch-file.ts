export interface PlantedDefect {
  /** File name without `.patch`. */
  readonly name: string;
  /** Test file that must fail with it, relative to the root. */
  readonly test: string;
  /** Full name of the one test of that file which is enough; without it the file is run until a test fails. */
  readonly caughtBy?: string;
  /** Files it changes, relative to the root. */
  readonly files: readonly string[];
}

/**
 * Reads a patch of test/mutants: its first line names the test, `# test: packages/x/src/y.test.ts`; a line `# caught by: <full name>` may
 * follow, where the whole file takes long; a unified diff follows.
 */
export function parsePatch(name: string, text: string): PlantedDefect {
  const test = /^# test: (\S+\.test\.ts)\n/.exec(text)?.[1];
  if (test === undefined) throw new Error(`${name}: the first line must be "# test: <path of a test file>"`);
  const caughtBy = /^.*\n# caught by: (.+)\n/.exec(text)?.[1];
  const files = [...text.matchAll(/^\+\+\+ b\/(\S+)/gm)].map((match) => match[1] ?? '');
  if (files.length === 0) throw new Error(`${name}: changes no file`);
  if (files.some((file) => /\.test\.ts$/.test(file))) throw new Error(`${name}: changes a test; a defect is planted in the product`);
  return caughtBy === undefined ? { name, test, files } : { name, test, caughtBy, files };
}

/** `packages/x` and `actions/x` that no defect is planted in. */
export function withoutDefect(defects: readonly PlantedDefect[], folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !defects.some(({ files }) => files.some((file) => file.startsWith(`${folder}/`))));
}

export interface TestGroup {
  /** Relative to the root. */
  readonly test: string;
  readonly defects: readonly PlantedDefect[];
}

/** Defects that the same test must catch. Tests of whole tools take longest, so they come first: none of them is the last to start. */
export function byTest(defects: readonly PlantedDefect[]): readonly TestGroup[] {
  const groups = [...Map.groupBy(defects, ({ test }) => test)].map(([test, of]) => ({ test, defects: of }));
  const short = ({ test }: TestGroup): number => (/^test\/|\.itg\.test\.ts$/.test(test) ? 0 : 1);
  return groups.sort((a, b) => short(a) - short(b));
}
