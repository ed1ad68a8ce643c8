import type { Permissions } from './workflow-document.ts';

const ranks: Readonly<Record<string, number>> = { none: 0, read: 1, write: 2 };

const rankOf = (level: string | undefined): number => ranks[level ?? 'none'] ?? 0;

/** What each scope needs at most, of several jobs. */
export function joinPermissions(all: readonly (Permissions | undefined)[]): Readonly<Record<string, string>> {
  const joined: Record<string, string> = {};
  for (const permissions of all) {
    if (typeof permissions !== 'object') continue;
    for (const [scope, level] of Object.entries(permissions)) if (rankOf(level) > rankOf(joined[scope])) joined[scope] = level;
  }
  return Object.fromEntries(Object.entries(joined).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What is needed and not granted, as a workflow has it: `contents: write`. A called workflow can only lower what its caller has. */
export function missingPermissions(granted: Permissions, needed: Readonly<Record<string, string>>): readonly string[] {
  const levelOf = (scope: string): string | undefined => (typeof granted === 'string' ? granted.replace('-all', '') : granted[scope]);
  return Object.entries(needed)
    .filter(([scope, level]) => rankOf(level) > rankOf(levelOf(scope)))
    .map(([scope, level]) => `${scope}: ${level}`);
}

/** What is granted and nothing takes. */
export function needlessPermissions(granted: Permissions, needed: Readonly<Record<string, string>>): readonly string[] {
  if (typeof granted === 'string') return granted === 'write-all' || Object.keys(needed).length === 0 ? [granted] : [];
  return Object.entries(granted)
    .filter(([scope, level]) => rankOf(level) > rankOf(needed[scope]))
    .map(([scope, level]) => `${scope}: ${level}`);
}
