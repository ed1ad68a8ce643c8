import type { Job } from './job.ts';
import type { Plan } from './plan.ts';

/** The whole plan for programs: jobs as in the matrix, every package with the reason, and what is left out. */
export function planJson({ jobs, choices, skipped }: Plan): string {
  const packages = choices.map(({ package: { name, path, source }, built, reason }) => ({ name, path, source, built, reason }));
  return JSON.stringify({ cost: totalCost(jobs), jobs, packages, skipped }, undefined, 2);
}

/** In native builds of one package, to one decimal. */
export function totalCost(jobs: readonly Job[]): number {
  return Math.round(jobs.reduce((sum, { cost }) => sum + cost, 0) * 10) / 10;
}
