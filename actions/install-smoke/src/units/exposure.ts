import type { MachineRun } from '../package-manager.ts';

/** How open a service is to attacks, as systemd-analyze(1) security counts it. */
export interface Exposure {
  /** 0, sealed off, to 10, a root process with all rights. */
  readonly score: number;
  /** systemd's own: `OK`, `MEDIUM`, `EXPOSED`, `UNSAFE`, … Inert. */
  readonly word: string;
}

/** Asks for all services at once. Those that it says nothing of are left out: a score is a help, and fails nothing. */
export async function readExposures(run: MachineRun, services: readonly string[]): Promise<ReadonlyMap<string, Exposure>> {
  if (services.length === 0) return new Map();
  // JSON, which version 250 brought, has only the single points of services that are named, and not the score.
  const { stdout } = await run(['systemd-analyze', 'security', '--no-pager', '--', ...services], {
    allow: 'any',
    timeout: 60_000,
    env: { LC_ALL: 'C.UTF-8', SYSTEMD_COLORS: '0' },
  });
  return parseExposures(stdout);
}

/** Reads the sentence that ends the table of each service. */
export function parseExposures(text: string): ReadonlyMap<string, Exposure> {
  const found = [...text.matchAll(/ Overall exposure level for (\S+): (\d{1,2}(?:\.\d)?) ([A-Z]+)/g)];
  return new Map(found.map(([, unit = '', score = '', word = '']) => [unit, { score: Number(score), word }]));
}
