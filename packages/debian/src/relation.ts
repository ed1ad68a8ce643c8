import { UserError } from '@release-kit/action/errors';
import { compareVersions } from './version.ts';

/** One alternative of a relation: `libfoo2 (>= 2.1)`. */
export interface RelationTarget {
  readonly name: string;
  /** undefined: any version. `<` and `>` of old packages mean `<=` and `>=`. */
  readonly constraint: { readonly operator: '<<' | '<=' | '=' | '>=' | '>>'; readonly version: string } | undefined;
}

/** A member of a relationship field, one of whose alternatives is enough. */
export interface Relation {
  /** As it was written, blanks folded. */
  readonly text: string;
  readonly targets: readonly RelationTarget[];
}

/**
 * Reads a relationship field of a binary package, such as Depends or Provides (Policy 7.1). Alternatives that cannot be read are left
 * out, and members without any: apt, which is asked as well, says what is wrong with them.
 */
export function parseRelations(field: string | undefined): readonly Relation[] {
  return (field ?? '')
    .split(',')
    .map((member) => ({ text: member.trim().replace(/\s+/g, ' '), targets: member.split('|').flatMap(targetOf) }))
    .filter(({ targets }) => targets.length > 0);
}

function targetOf(text: string): readonly RelationTarget[] {
  const [, name, operator, version] =
    /^\s*([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?\s*(?:\(\s*(<<|<=|<|=|>=|>>|>)\s*([A-Za-z0-9.+:~-]+)\s*\))?\s*$/.exec(text) ?? [];
  if (name === undefined) return [];
  if (version === undefined) return [{ name, constraint: undefined }];
  switch (operator) {
    case '<<':
    case '=':
    case '>>':
      return [{ name, constraint: { operator, version } }];
    case '<':
    case '<=':
      return [{ name, constraint: { operator: '<=', version } }];
    default:
      return [{ name, constraint: { operator: '>=', version } }];
  }
}

/** Whether a version fulfils what the relation asks for; one that is none does not. */
export function fulfils(version: string, { constraint }: RelationTarget): boolean {
  if (constraint === undefined) return true;
  const order = orderOf(version, constraint.version);
  if (order === undefined) return false;
  switch (constraint.operator) {
    case '<<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>>':
      return order > 0;
  }
}

function orderOf(a: string, b: string): number | undefined {
  try {
    return compareVersions(a, b);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
