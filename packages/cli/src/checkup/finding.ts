import { inertLine, type Place } from '@release-kit/action';

/** One thing that the doctor looked at. `note`: worth knowing, and nothing fails for it. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string;
  readonly level: 'good' | 'note' | 'bad';
  readonly finding: string;
  /** The file is relative to the repository. */
  readonly place?: Place;
  readonly cure?: string;
}

/** A line for each, with its place; strangers' text is in names of files only. */
export function findingLine({ level, name, place, finding }: Finding): string {
  const where = place === undefined ? '' : ` ${inertLine(place.file)}${place.line === undefined ? '' : `:${place.line}`}`;
  return `${{ good: 'good', note: 'note', bad: 'BAD ' }[level]}  ${name}${where}: ${finding}`;
}
