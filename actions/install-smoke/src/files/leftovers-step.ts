import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { type Leftovers, leftoversOf } from './leftover.ts';
import type { Snapshot } from './snapshot.ts';

/** What the purge left, as one problem that lists it with its cures. */
export async function judgeLeftovers(
  _session: Session,
  before: Snapshot,
  after: Snapshot,
): Promise<Finding & { readonly leftovers: Leftovers }> {
  const leftovers = leftoversOf(before, after);
  const { found, accounts } = leftovers;
  const kept = accounts.length === 0 ? '' : `; kept, as Debian allows: ${accounts.map(inertLine).join(', ')}`;
  if (found.length === 0) return { leftovers, note: `nothing stayed behind${kept}` };
  const lines = found.map(({ kind, what, below, cure }) => {
    const words = { path: '', changed: 'changed: ', vanished: 'vanished: ', diversion: 'dpkg: ', process: 'still running: ' } as const;
    return `${words[kind]}${inertLine(what)}${below === 0 ? '' : ` (and ${below} below it)`}\n  ${cure}`;
  });
  const [first] = found;
  const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
  const message =
    first?.kind === 'path' || first?.kind === 'process' ? 'stayed behind after the purge' : 'is not as before the installation';
  const problem: Problem = {
    category: first?.kind === 'path' || first?.kind === 'process' ? 'left-behind' : 'changed-behind',
    message: `${inertLine(first?.what ?? '')}${more} ${message}`,
    evidence: lines.join('\n'),
    ...(first === undefined ? {} : { cure: first.cure, subject: { kind: 'path', path: first.what } }),
  };
  return {
    leftovers,
    problems: [problem],
    note: `${found.length === 1 ? 'one thing' : `${found.length} things`} stayed behind or changed${kept}`,
  };
}
