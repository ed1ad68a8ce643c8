import type { Figures } from './figures.ts';

export type FigureName = keyof Figures;

/** In the order in which they are told. */
export const figureNames = ['install', 'active', 'healthy', 'memory', 'processor', 'disk'] as const satisfies readonly FigureName[];

export const figureWords: Readonly<Record<FigureName, string>> = {
  install: 'time to install',
  active: 'time to active',
  healthy: 'time to healthy',
  memory: 'memory at rest',
  processor: 'processor at rest',
  disk: 'disk',
};

/** `1.2 s`, `34.5 MiB`, `0.3 %` */
export function figureText(name: FigureName, value: number): string {
  switch (name) {
    case 'install':
    case 'active':
    case 'healthy':
      return `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} s`;
    case 'memory':
    case 'disk':
      return bytesText(value);
    case 'processor':
      return `${(value * 100).toFixed(1)} %`;
  }
}

function bytesText(bytes: number): string {
  const sign = bytes < 0 ? '-' : '';
  const size = Math.abs(bytes);
  if (size < 1024) return `${sign}${size} B`;
  if (size < 1024 * 1024) return `${sign}${(size / 1024).toFixed(0)} KiB`;
  return `${sign}${(size / 1024 / 1024).toFixed(1)} MiB`;
}

/** All that was measured, in one line. */
export function figuresText(figures: Figures): string {
  const parts = figureNames.flatMap((name) => {
    const value = figures[name];
    return value === undefined ? [] : [`${figureWords[name]} ${figureText(name, value)}`];
  });
  return parts.length === 0 ? 'nothing was measured' : parts.join(', ');
}
