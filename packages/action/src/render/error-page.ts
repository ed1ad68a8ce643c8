import { type ErrorEntry, errorCatalog } from '../error-catalog.ts';
import { cell } from './markdown-table.ts';

const intro = `Every error that release-kit ends with has one of these codes. It is in the title of the annotation on GitHub,
and in the last lines on a terminal. The exit code of the command line tells the kind: 1 for a failed check or command,
2 for wrong usage or configuration, 3 for a bug of release-kit (its code is \`BUG\`, and it comes with a stack), 130 when interrupted.`;

/** The text of `docs/errors.md`: one heading per code, so that each has an address of its own. */
export function renderErrorCatalog(): string {
  const entries: readonly (readonly [string, ErrorEntry])[] = Object.entries(errorCatalog);
  return [
    '<!-- Rendered from packages/action/src/error-catalog.ts by `npm run render`; do not edit. -->',
    '# Errors',
    intro,
    '## Failed checks and commands (exit code 1)',
    ...entries.filter(([, { kind }]) => kind === 'failure').map(section),
    '## Wrong usage or configuration (exit code 2)',
    ...entries.filter(([, { kind }]) => kind === 'usage').map(section),
  ]
    .join('\n\n')
    .concat('\n');
}

function section([code, entry]: readonly [string, ErrorEntry]): string {
  return `### ${code}\n\n${cell(entry.cause)}\n\nWhat to do: ${cell(entry.cure)}`;
}
