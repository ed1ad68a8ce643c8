import { inertLine, UserError } from '@release-kit/action';
import type { ProjectFile } from './project-files.ts';

/** The text with its byte-order mark, so that it can be written back byte for byte. Throws E_BUMP for another encoding than UTF-8. */
export function textOf({ path, bytes }: ProjectFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('E_BUMP', `${inertLine(path)} is not UTF-8, and would not come back as it is`, { place: { file: path }, cause });
  }
}
