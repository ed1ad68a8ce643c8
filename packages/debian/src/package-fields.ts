import { UserError } from '@release-kit/action/errors';
import type { Paragraph } from './deb822.ts';
import { fitsFileName, isArchitectureWord, isPackageName } from './names.ts';
import { shown } from './shown.ts';
import { parseVersion } from './version.ts';

export interface PackageFields {
  readonly package: string;
  readonly version: string;
  readonly architecture: string;
}

/**
 * Checks the fields of a .deb that end up in file names and command lines: Package, Version, Architecture.
 * dpkg-deb unpacks packages with hostile values without a word. Throws E_DEB.
 */
export function checkPackageFields(paragraph: Paragraph, file: string): PackageFields {
  const required = (name: string): string => {
    const value = paragraph.get(name);
    if (value === undefined || value === '') throw problem(paragraph, file, name, `the field ${name} is missing or empty`);
    return value;
  };
  const name = required('Package');
  if (!isPackageName(name)) throw problem(paragraph, file, 'Package', `Package: ${shown(name)} is not a package name`);
  const version = required('Version');
  if (!fitsFileName(version)) throw problem(paragraph, file, 'Version', `Version: ${shown(version)} is too long`);
  try {
    parseVersion(version);
  } catch (cause) {
    throw problem(
      paragraph,
      file,
      'Version',
      cause instanceof UserError ? cause.message : `Version: ${shown(version)} is not a version`,
      cause,
    );
  }
  const architecture = required('Architecture');
  if (!isArchitectureWord(architecture))
    throw problem(paragraph, file, 'Architecture', `Architecture: ${shown(architecture)} is not an architecture`);
  return { package: name, version, architecture };
}

function problem(paragraph: Paragraph, file: string, field: string, message: string, cause?: unknown): UserError {
  const line = paragraph.line(field);
  const place = line === undefined ? { file } : { file, line };
  return new UserError('E_DEB', message, cause === undefined ? { place } : { place, cause });
}
