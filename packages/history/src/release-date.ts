import type { Release } from './release.ts';

/** 9999-12-31: git takes any number, calendars do not. */
const last = 253_402_300_799;

/** The day of its newest commit in UTC, `2026-03-01`; no clock is asked. */
export function dateOf({ timestamp }: Pick<Release, 'timestamp'>): string {
  const seconds = Math.min(Math.max(Number.isFinite(timestamp) ? timestamp : 0, 0), last);
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
