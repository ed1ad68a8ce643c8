import type { Config } from '@release-kit/config';
import type { Problem } from './problem.ts';

/** Points to the line of the configuration, for where the problem's own file is not found. `path` as in `Config.place`. */
export function placeInConfig(problem: Problem, config: Config, path: string): Problem {
  const place = config.place(path);
  return place === undefined ? problem : { ...problem, place };
}

/** The line of a step that looked at a list. `word`: what the good ones did. */
export function noteOf(good: readonly string[], problems: readonly Problem[], word: string): string {
  const parts = [
    ...(good.length === 0 ? [] : [`${good.join(', ')} ${word}`]),
    ...(problems.length === 0 ? [] : [`${problems.length} failed`]),
  ];
  return parts.length === 0 ? 'nothing to check' : parts.join('; ');
}
