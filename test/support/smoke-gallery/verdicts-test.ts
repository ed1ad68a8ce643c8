import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { machineHost } from '../machine-host.ts';
import type { BrokenPackage } from './broken-package.ts';
import { goldenVerdicts, keepVerdicts } from './golden.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const update = process.env['RELEASE_KIT_UPDATE_GALLERY'] === '1';
/** Names, parted by blanks: only these are tried. For whoever changes a verdict. */
const only = process.env['RELEASE_KIT_GALLERY']?.split(' ');
/** Most of a run is waiting for machines to boot and services to settle. */
const atOnce = 2;

export interface VerdictTests {
  /** Inputs of the action. */
  readonly given: Readonly<Record<string, string>>;
  /** Asked when the runs begin. */
  readonly env: () => Readonly<Record<string, string>>;
  /** Milliseconds for all of them. */
  readonly timeout: number;
}

interface Run {
  readonly verdict: Verdict;
  /** Lines of the log that a runner would take for its commands. */
  readonly commands: readonly string[];
  readonly annotated: readonly string[];
}

/** One test for each broken package: its verdict is the reviewed one, whatever runs the machines. */
export function verdictTests(packages: readonly BrokenPackage[], { given, env, timeout }: VerdictTests): void {
  const wanted = packages.filter(({ name }) => only?.includes(name) ?? true);
  if (wanted.length === 0) {
    test.skip('none of these is asked for', () => undefined);
    return;
  }
  const runs = new Map<string, PromiseSettledResult<Run>>();

  beforeAll(async () => {
    const waiting = [...wanted];
    const work = async (): Promise<void> => {
      for (let broken = waiting.shift(); broken !== undefined; broken = waiting.shift()) {
        const [result] = await Promise.allSettled([tryOne(broken, given, env())]);
        runs.set(broken.name, result);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }, timeout);

  afterAll(() => {
    if (!update) return;
    const found = [...runs].flatMap(([name, result]) => (result.status === 'fulfilled' ? [[name, result.value.verdict] as const] : []));
    keepVerdicts(new Map(found));
  });

  test.each(wanted.map(({ name }) => name))('%s', (name) => {
    const result = runs.get(name);
    if (result?.status !== 'fulfilled') throw new Error(`no verdict on ${name}`, { cause: result?.reason });
    const { verdict, commands, annotated } = result.value;
    if (!update) expect(verdict).toEqual(goldenVerdicts().get(name));
    expect(commands).toEqual([]);
    const places = verdict.problems.map(({ place }) => place).filter((place) => place !== '');
    expect(annotated).toEqual(expect.arrayContaining(places));
  });
}

async function tryOne(broken: BrokenPackage, given: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>): Promise<Run> {
  await using host = await machineHost({ env });
  const { verdict, place } = await verdictOf(host, broken, given);
  const { lines, annotations } = host.recorded;
  const annotated = [...annotations, ...(place === undefined ? [] : [place])].map(
    ({ file, line }) => `${file}${line === undefined ? '' : `:${line}`}`,
  );
  return { verdict, commands: lines.filter((line) => line.startsWith('::')), annotated };
}
