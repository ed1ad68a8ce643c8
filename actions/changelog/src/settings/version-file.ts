import { open } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { codeOf, inertLine, UserError } from '@release-kit/action';
import type { Config } from '@release-kit/config';

/** A version that a person named. */
export interface NamedVersion {
  readonly input: string | undefined;
  /** Its name for messages, and its first line. */
  readonly file: { readonly path: string; readonly version: string } | undefined;
}

const maxBytes = 1000;

/** What the input names, and what the file says that the input or the configuration name. Throws E_PATH for a file that cannot be read. */
export async function namedVersion(
  { version, versionFile }: { readonly version: string | undefined; readonly versionFile: string | undefined },
  { changelog, place }: Config,
  root: string,
): Promise<NamedVersion> {
  const file = versionFile ?? (changelog.versionFile && join(root, changelog.versionFile));
  if (file === undefined) return { input: version, file: undefined };
  try {
    const [line = ''] = (await startOf(file)).split(/\r?\n/, 1);
    return { input: version, file: { path: relative(root, file), version: line.trim().replace(/^v(?=\d)/, '') } };
  } catch (cause) {
    const where = versionFile === undefined ? place('changelog.version-file') : undefined;
    throw new UserError(
      'E_PATH',
      `the version file ${inertLine(relative(root, file))} cannot be read: ${codeOf(cause) ?? 'it is no file'}`,
      {
        cause,
        ...(where === undefined ? {} : { place: where }),
      },
    );
  }
}

async function startOf(file: string): Promise<string> {
  await using handle = await open(file, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
  return buffer.toString('utf8', 0, bytesRead);
}
