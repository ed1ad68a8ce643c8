/** The scripts of a package that dpkg and debconf run (Policy 6.1, debconf-devel(7)). */
export const maintainerScripts = ['config', 'postinst', 'postrm', 'preinst', 'prerm'] as const;

/** Whether its first line names a shell that shellcheck knows. */
export function isShellScript(text: string): boolean {
  return /^#![ \t]*(?:\/usr)?\/bin\/(?:env[ \t]+)?(?:sh|bash|dash|ksh)(?:[ \t].*)?(?:\r?\n|$)/.test(text);
}

/**
 * The lines that debhelper put in where the author wrote `#DEBHELPER#`, markers included: they begin with 1. debhelper(7), dh_installdeb(1)
 * and dh_installsystemd(1) write a first line `# Automatically added by …` and a last one `# End automatically added section`. A part
 * without its end goes to the end of the file.
 */
export function generatedLines(text: string): ReadonlySet<number> {
  const generated = new Set<number>();
  let inside = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^# Automatically added by \S/.test(line)) inside = true;
    if (inside) generated.add(index + 1);
    if (/^# End automatically added section/.test(line)) inside = false;
  }
  return generated;
}
