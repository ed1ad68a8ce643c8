import { buildCategories, type KnownFailure, knownFailures } from '@release-kit/debian';

const intro = `When a package does not build, build-deb looks through the log for the first cause. These are the failures it knows.
Each is shown at its source line where the tool names one, at the line of a build file that says the same (what configure misses in
\`configure.ac\`, what make cannot make in the Makefile), at the line of \`debian/\` it is about, or at the rule of make that ran the tool. What is in no table is shown with the last useful lines of the log. The id and the category are in
\`logs/build.json\`; the code is what the run ends with (see [errors.md](errors.md)).`;

/** The text of `docs/build-failures.md`. */
export function renderBuildFailures(): string {
  const entries: readonly (readonly [string, KnownFailure])[] = Object.entries(knownFailures);
  const sections = Object.entries(buildCategories).map(([category, { code, meaning }]) => {
    const rows = entries.filter(([, failure]) => failure.category === category).map(([id, failure]) => row(id, failure));
    return [`## ${category}`, '', `${capital(meaning)}: [${code}](errors.md#${code.toLowerCase()}).`, '', ...head, ...rows].join('\n');
  });
  return `${['<!-- Rendered from packages/debian/src/known-failure*.ts by `npm run render`; do not edit. -->', '# Failures of builds', intro, ...sections].join('\n\n')}\n`;
}

const head = ['| id | what | looks like | cure |', '| --- | --- | --- | --- |'] as const;

function row(id: string, { title, example, cure }: KnownFailure): string {
  return `| \`${id}\` | ${title} | ${code(example.find((line) => line.trim() !== '') ?? '')} | ${cell(cure)} |`;
}

/** Inside a table a code span can hold neither a bar nor the backticks around it; HTML can hold both. */
function code(text: string): string {
  const short = text.trim().length > 100 ? `${text.trim().slice(0, 99)}…` : text.trim();
  return `<code>${short
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[|`*_\\[\]]/g, (c) => `&#${c.charCodeAt(0)};`)}</code>`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\*/g, '\\*');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
