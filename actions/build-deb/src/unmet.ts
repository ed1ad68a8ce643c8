export interface UnmetDependency {
  readonly package: string;
  /** With its version and architecture as apt wrote them. */
  readonly text: string;
  readonly reason: string;
}

/** Reads what apt could not install from its output, by package, each once: `builddeps:./ : Depends: libx-dev (>= 1) but it is not installable`. */
export function unmetDependencies(lines: readonly string[]): readonly UnmetDependency[] {
  const found = new Map<string, UnmetDependency>();
  let ofBuild = false;
  for (const line of lines) {
    if (/^\s*builddeps:\S+ : /.test(line)) ofBuild = true;
    else if (/^\s*\S+ : /.test(line)) ofBuild = false;
    const match = /^\s*(?:builddeps:\S+ : )?Depends: (([a-z0-9][a-z0-9+.-]+)\S*(?: \([^)]*\))?) but (.{1,200})$/.exec(line);
    const [, text = '', name = '', reason = ''] = match ?? [];
    if (ofBuild && name !== '' && !found.has(name)) found.set(name, { package: name, text, reason });
  }
  return [...found.values()];
}

/** The line of debian/control, from 1, on which a Build-Depends field of the source paragraph names the package. */
export function dependencyLine(control: string, name: string): number | undefined {
  const escaped = name.replace(/[+.]/g, '\\$&');
  const word = new RegExp(`(?:^|[\\s,|:])${escaped}(?=$|[\\s,(:\\[<|])`);
  let inField = false;
  let started = false;
  for (const [index, line] of control.split('\n').entries()) {
    if (line.startsWith('#')) continue;
    if (line.trim() === '') {
      if (started) return undefined; // the source paragraph is over
      continue;
    }
    started = true;
    if (!/^[ \t]/.test(line)) inField = /^Build-Depends(?:-Arch|-Indep)?:/i.test(line);
    if (inField && word.test(line.replace(/^Build-Depends(?:-Arch|-Indep)?:/i, ' '))) return index + 1;
  }
  return undefined;
}
