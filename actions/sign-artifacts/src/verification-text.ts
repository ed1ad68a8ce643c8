import { capped, cell, code, cutText, folded, inertLine, table, UserError } from '@release-kit/action';
import { sizeText } from '@release-kit/manifest';
import type { FileVerdict, FolderVerification } from '@release-kit/openpgp';

/** Characters of a name in a column. */
const widest = 60;

/** What a terminal shows: a line for each file, and what is not here. */
export function verificationLines({ files, missing, lonely }: FolderVerification): readonly string[] {
  const shown = (name: string): string => cutText(inertLine(name), widest);
  const width = Math.max(0, ...files.map(({ name }) => shown(name).length));
  return [
    ...files.flatMap((file) => [
      `${wordOf(file).padEnd(8)}  ${shown(file.name).padEnd(width)}  ${whyOf(file)}`.trimEnd(),
      ...[...file.problems, ...file.remarks].map((text) => `${' '.repeat(10)}${inertLine(text)}`),
    ]),
    ...alone('listed, but not here', missing),
    ...alone('signatures of files that are not here', lonely),
  ];
}

function alone(what: string, names: readonly string[]): readonly string[] {
  const shown = names.slice(0, 20).map((name) => cutText(inertLine(name), widest));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return names.length === 0 ? [] : [`${what}: ${shown.join(', ')}${more}`];
}

function isWrong({ problems }: FileVerdict): boolean {
  return problems.length > 0;
}

function wordOf({ problems, covered, isTrustedKey }: FileVerdict): string {
  if (problems.length > 0) return 'WRONG';
  if (isTrustedKey) return 'the key';
  return covered ? 'verified' : '-';
}

/** Who vouches for it. */
function whyOf({ signatures, listedIn, covered }: FileVerdict): string {
  if (!covered) return '';
  const signed = signatures.length === 0 ? [] : ['signed'];
  const listed = listedIn.length === 0 ? [] : [`in ${listedIn.map((name) => cutText(inertLine(name), widest)).join(', ')}`];
  return [...signed, ...listed].join(', ');
}

const cap = { rows: 300, bytes: 200_000 };

/** Part of the job summary; what is wrong stands first, where a phone and a long list show it. */
export function verificationSummary(verification: FolderVerification): string {
  const { files, missing, lonely, keys, tools, passed } = verification;
  const how =
    keys === undefined
      ? 'Only digests were compared, **no signature**.'
      : `Verified by ${tools} with ${keys.length === 1 ? 'the trusted key' : 'the trusted keys'} ${keys.map((each) => code(each)).join(', ')}.`;
  const row = (file: FileVerdict): readonly string[] => [
    wordOf(file) === 'WRONG' ? '**wrong**' : wordOf(file),
    code(file.name),
    sizeText(file.size),
    [whyOf(file), ...file.problems, ...file.remarks]
      .filter((text) => text !== '')
      .map((text) => cell(text))
      .join('; '),
  ];
  return [
    '### Verification',
    '',
    `${passed ? 'Nothing is wrong.' : '**It failed.**'} ${how}`,
    ...table(['result', 'file', 'size:', 'why'], [...files.filter(isWrong), ...files.filter((file) => !isWrong(file))], row, cap, 'files'),
    ...folded(
      'Listed, but not here',
      capped(missing, (name) => `- ${code(name)}`, cap, 'files'),
    ),
    ...folded(
      'Signatures of files that are not here',
      capped(lonely, (name) => `- ${code(name)}`, cap, 'signatures'),
    ),
    '',
  ].join('\n');
}

/** E_SIGNATURE, or E_DIGEST where only digests were compared. */
export function verificationError({ files, keys }: FolderVerification, outputs: Readonly<Record<string, string>>): UserError {
  const wrong = files.filter(({ problems }) => problems.length > 0);
  const [first, ...others] = wrong;
  const code = keys === undefined ? 'E_DIGEST' : 'E_SIGNATURE';
  const cure = 'Do not use these files; download them again, and ask their owner when it happens again.';
  if (first === undefined) {
    const nothing = keys === undefined ? 'nothing here is in a checksum file' : 'nothing here is signed by the trusted key';
    return new UserError(code, nothing, {
      outputs,
      cure: 'Name the folder that holds the files and what was published with them: checksum files, signatures.',
    });
  }
  const more = others.length === 0 ? '' : `; ${others.length === 1 ? 'another file is' : `${others.length} more files are`} wrong as well`;
  return new UserError(code, `${cutText(inertLine(first.name), widest)}: ${inertLine(first.problems[0] ?? '')}${more}`, { outputs, cure });
}
