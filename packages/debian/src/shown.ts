import { inertLine } from '@release-kit/action/inert';

/** A stranger's text in a message: quoted, harmless, and cut at `limit` characters. */
export function shown(text: string, limit = 100): string {
  const line = inertLine(text.length > limit ? text.slice(0, limit) : text);
  return `"${line}"${text.length > limit ? '…' : ''}`;
}
