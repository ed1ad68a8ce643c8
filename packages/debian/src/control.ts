import { UserError } from '@release-kit/action/errors';
import { type Paragraph, parseDeb822 } from './deb822.ts';
import { isArchitectureWord, isPackageName } from './names.ts';
import { shown } from './shown.ts';

export interface SourceControl {
  readonly source: Paragraph;
  /** At least one, in the order of the file. */
  readonly binaries: readonly Paragraph[];
}

/** Reads debian/control (Policy 5.2): one source paragraph, then one for each binary package. Throws E_CONTROL with the place. */
export function parseControl(text: string, file: string): SourceControl {
  const [source, ...binaries] = parseDeb822(text, file, { handwritten: true });
  if (source === undefined) throw new UserError('E_CONTROL', 'the file is empty', { place: { file } });
  checkName(source, 'Source', file);
  if (binaries.length === 0) throw new UserError('E_CONTROL', 'there is no paragraph for a binary package', { place: { file } });
  const seen = new Map<string, number>();
  for (const binary of binaries) {
    const name = checkName(binary, 'Package', file);
    const line = binary.line('Package') ?? 1;
    const first = seen.get(name);
    if (first !== undefined) throw new UserError('E_CONTROL', `the package ${name} is already on line ${first}`, { place: { file, line } });
    seen.set(name, line);
    checkArchitecture(binary, name, file);
  }
  return { source, binaries };
}

function checkName(paragraph: Paragraph, field: 'Source' | 'Package', file: string): string {
  const value = paragraph.get(field);
  const line = paragraph.line(field) ?? paragraph.fields[0]?.line ?? 1;
  if (value === undefined) throw new UserError('E_CONTROL', `the paragraph has no ${field} field`, { place: { file, line } });
  if (!isPackageName(value)) {
    const rule = 'lower-case letters, digits and + - . (two characters or more, the first a letter or digit)';
    throw new UserError('E_CONTROL', `${field}: ${shown(value)} is not a package name: ${rule}`, { place: { file, line } });
  }
  return value;
}

function checkArchitecture(binary: Paragraph, name: string, file: string): void {
  const value = binary.get('Architecture');
  const line = binary.line('Architecture') ?? binary.line('Package') ?? 1;
  if (value === undefined || value === '')
    throw new UserError('E_CONTROL', `the package ${name} has no Architecture field`, { place: { file, line } });
  const wrong = value.split(/\s+/).find((word) => !isArchitectureWord(word));
  if (wrong !== undefined)
    throw new UserError('E_CONTROL', `Architecture: ${shown(wrong)} is not an architecture`, { place: { file, line } });
}
