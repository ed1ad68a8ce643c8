import { type Paragraph, parseDeb822 } from '@release-kit/debian';

/** The control file of a package with these fields; an empty one is left out. */
export function controlWith(fields: Readonly<Record<string, string>>): Paragraph {
  const lines = Object.entries(fields).filter(([, value]) => value !== '');
  const [control] = parseDeb822(lines.map(([key, value]) => `${key}: ${value}\n`).join(''), 'control');
  if (control === undefined) throw new Error('no control');
  return control;
}
