import type { Config, FigureLimits } from '@release-kit/config';
import { placeInConfig } from '../config-place.ts';
import type { Problem } from '../problem.ts';
import type { TrackResult } from '../target.ts';
import { type FigureName, figureNames, figureText, figureWords } from './figure-text.ts';
import type { Figures } from './figures.ts';

/**
 * Differences below these are noise whatever the ratio: milliseconds, bytes, share of a processor. Machines share a host with others,
 * and the kernel hands out memory by pages.
 */
const noise: Readonly<Record<FigureName, number>> = {
  install: 1000,
  active: 500,
  healthy: 500,
  memory: 2 * 1024 * 1024,
  processor: 0.02,
  disk: 64 * 1024,
};

/** What the packages of a target need too much of, each at its limit's line in the configuration. */
export function judgeFigures(tracks: readonly TrackResult[], config: Config): readonly Problem[] {
  const [now = {}] = tracks.map(({ figures }) => figures);
  const before: Figures = Object.assign({}, ...tracks.map(({ previousFigures }) => previousFigures));
  return compareFigures(now, before, config.smoke.figures).map(({ name, problem }) =>
    placeInConfig(problem, config, `smoke.figures.${name}`),
  );
}

/** What exceeds the figures of the previous release by more than its limit. */
export function compareFigures(
  now: Figures,
  before: Figures,
  limits: FigureLimits,
): readonly { readonly name: FigureName; readonly problem: Problem }[] {
  return figureNames.flatMap((name) => {
    const limit = limits[name];
    const [value, old] = [now[name], before[name]];
    if (limit === undefined || value === undefined || old === undefined) return [];
    if (value - old <= noise[name] || value <= old * (1 + limit)) return [];
    const times = old > 0 ? `, ${(value / old).toFixed(2)} times as much` : '';
    const message = `${figureWords[name]} is ${figureText(name, value)}${times}; the previous release had ${figureText(name, old)}, and ${percent(limit)} more are allowed`;
    return [{ name, problem: { category: 'slower', message, level: limits.exceeded === 'fail' ? 'error' : 'warning' } as const }];
  });
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
