import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { parseVersion } from '@release-kit/debian';
import type { ErrorObject } from 'ajv';
import type { Manifest } from './manifest.ts';
import { knownSchemas, manifestSchema } from './manifest-schema.ts';

export interface ReadOptions {
  /** SHA-256 that the file must have, as the job that wrote it said. */
  readonly digest?: string | undefined;
}

/**
 * Reads and checks a manifest. Throws E_DIGEST when it is not the one that was meant, and E_MANIFEST with the file and the
 * JSON pointer of what is wrong.
 */
export async function readManifest(file: string, options: ReadOptions = {}): Promise<Manifest> {
  const bytes = await readBytes(file);
  if (options.digest !== undefined) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== options.digest)
      throw new UserError('E_DIGEST', `the manifest has the SHA-256 ${sha256}, but ${inertLine(options.digest)} was expected`, {
        place: { file },
      });
  }
  return checkManifest(parseJson(bytes, file), file);
}

/** Checks that a value read from `file` is a manifest. Throws E_MANIFEST. */
export async function checkManifest(value: unknown, file: string): Promise<Manifest> {
  checkVersion(value, file);
  // Loaded here, because it takes longer to load than most actions to start.
  const { Ajv } = await import('ajv');
  const validate = new Ajv({ strict: true }).compile<Manifest>(manifestSchema);
  if (!validate(value)) {
    throw problem(file, describe(validate.errors?.[0]));
  }
  checkPaths(value, file);
  checkVersions(value, file);
  return value;
}

/** The rule that was broken, in words: a JSON pointer and what must be there. */
function describe(error: ErrorObject | undefined): string {
  const pointer = error?.instancePath ?? '';
  const where = pointer === '' ? 'the manifest' : inertLine(pointer);
  const key = error?.params['additionalProperty'];
  if (typeof key === 'string') return `${where} has the unknown key ${JSON.stringify(inertLine(key).slice(0, 60))}`;
  if (error?.keyword === 'pattern' && pointer.endsWith('/path'))
    return `${where} must be a plain file name: letters, digits and . + - _ ~, no folders`;
  return `${where} ${error?.message ?? 'is wrong'}`;
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UserError('E_MANIFEST', 'the manifest cannot be read', { place: { file }, cause });
  }
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new UserError('E_MANIFEST', 'the manifest is not JSON', { place: { file }, cause });
  }
}

function checkVersion(value: unknown, file: string): void {
  if (typeof value !== 'object' || value === null || !('schema' in value))
    throw problem(file, '/schema is missing: this is not a manifest');
  if (!knownSchemas.some((known) => known === value.schema)) {
    throw problem(
      file,
      `/schema is ${inertLine(JSON.stringify(value.schema)).slice(0, 40)}; this version of release-kit reads ${knownSchemas.join(', ')}`,
    );
  }
}

/** Two files of one name, upper and lower case alike, would overwrite each other somewhere. */
function checkPaths(manifest: Manifest, file: string): void {
  const seen = new Map<string, number>();
  for (const [index, { path }] of manifest.files.entries()) {
    const key = path.toLowerCase();
    const first = seen.get(key);
    if (first !== undefined) throw problem(file, `/files/${index}/path is the same as /files/${first}/path`);
    seen.set(key, index);
  }
}

/** The schema's pattern lets versions pass that dpkg does not take, such as `1-`. */
function checkVersions(manifest: Manifest, file: string): void {
  const versions = [
    ...manifest.sources.map(({ version }, index) => [`/sources/${index}/version`, version] as const),
    ...manifest.files.map(({ version }, index) => [`/files/${index}/version`, version] as const),
  ] as const;
  for (const [pointer, version] of versions) {
    try {
      parseVersion(version);
    } catch (cause) {
      throw new UserError('E_MANIFEST', `${pointer}: ${cause instanceof UserError ? cause.message : String(cause)}`, {
        place: { file },
        cause,
      });
    }
  }
}

function problem(file: string, message: string): UserError {
  return new UserError('E_MANIFEST', message, { place: { file } });
}
