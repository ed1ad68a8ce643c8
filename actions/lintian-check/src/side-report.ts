import type { Hint, HintType, Severity } from '@release-kit/debian';
import type { Explanation } from './explanation.ts';
import type { Tool } from './finding.ts';

export type SideTool = Exclude<Tool, 'lintian'>;

/** What may run beside lintian, in the order in which it runs. */
export const sideTools = [
  'blhc',
  'desktop-file-validate',
  'appstreamcli',
  'shellcheck',
  'systemd-analyze',
] as const satisfies readonly SideTool[];

/** The tools that a list asks for, by name or by `all`; `none` takes back what a configuration asks for. */
export function wantedTools(asked: readonly (SideTool | 'all' | 'none')[]): readonly SideTool[] {
  if (asked.includes('none')) return [];
  return sideTools.filter((tool) => asked.includes(tool) || asked.includes('all'));
}

/** One file of an unpacked package. All texts are raw: the package decides them. */
export interface Subject {
  /** Name of the .deb. */
  readonly file: string;
  readonly package: string;
  readonly type: HintType;
  readonly index: 'installed' | 'control' | 'patched';
  /** As lintian would point to it: `usr/share/applications/x.desktop`, `postinst`. */
  readonly path: string;
  /** What the tool is given, and calls it: relative to the folder of all unpacked packages. */
  readonly name: string;
}

/** A subject with its first part, as far as it is of use to find a line in it. */
export interface ReadSubject extends Subject {
  readonly text: string;
}

export interface SideHint {
  readonly hint: Hint;
  /** Name of the file that was checked. */
  readonly file: string;
}

/** What one tool said. */
export interface SideReport {
  readonly hints: readonly SideHint[];
  /** Lines that could not be read, raw. */
  readonly unread: readonly string[];
  /** By tag. */
  readonly explanations: ReadonlyMap<string, Explanation>;
}

export interface SideRemark {
  /** Without the tool's name. */
  readonly tag: string;
  readonly severity: Severity;
  readonly note: string;
  readonly line?: number | undefined;
  /** In a part of the file that its author did not write. */
  readonly masked?: boolean;
}

/** A remark in lintian's terms. Tags are `tool/name`, so that they are never taken for one of lintian's. */
export function hintAt(tool: SideTool, subject: Subject, { tag, severity, note, line, masked = false }: SideRemark): SideHint {
  const { package: name, type, index, path, file } = subject;
  return {
    file,
    hint: {
      tag: `${tool}/${tag}`,
      package: name,
      type,
      severity,
      experimental: false,
      overridden: false,
      masked,
      note,
      pointer: { path, index, line },
    },
  };
}
