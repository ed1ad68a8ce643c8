import { capped, cell, code, codeBlock, folded, inertMarkdown, table } from '@release-kit/action';
import { sizeText } from '@release-kit/manifest';
import { groupedFingerprint, type KeyFacts } from '@release-kit/openpgp';
import { aptLines, type Published, verifyLines } from './user-instructions.ts';

export interface ReportedFile {
  /** As users download it. */
  readonly name: string;
  readonly size: number;
  /** Where its signatures are: `.asc`, `.sig`, `inside`; none for what upstream signed. */
  readonly signatures: readonly string[];
}

/** A program that verified, or would have. */
export interface Verifier {
  readonly name: string;
  /** Digits and dots; undefined: it is not installed. */
  readonly version: string | undefined;
}

export interface SigningReport {
  /** The first is the one that users know; the second, if any, signs too while keys are rolled over. */
  readonly keys: readonly KeyFacts[];
  readonly throwAway: boolean;
  /** Sorted. */
  readonly files: readonly ReportedFile[];
  readonly published: Published;
  /** Lines of the first file of checksums. */
  readonly sums: string;
  readonly verifiers: readonly Verifier[];
}

/** Above this the table is folded away. */
const shownFiles = 12;
const cap = { rows: 200, bytes: 100_000 };

/** Part of the job summary: who signed, what, how it was verified, and what users do. The same report gives the same bytes. */
export function signingSummary(report: SigningReport): string {
  const { files, published } = report;
  const rows = table(['file', 'size:', 'signature'], files, rowOf, cap, 'files are signed');
  const count = files.length === 1 ? 'One file' : `${files.length} files`;
  return [
    '### Signatures',
    '',
    ...signers(report),
    '',
    verification(report),
    ...(files.length > shownFiles ? folded(`${count}`, rows) : rows),
    ...folded(`Digests: ${inertMarkdown(published.sums[0]?.name ?? 'none')}`, [
      codeBlock(capped(report.sums.trimEnd().split('\n'), (line) => line, cap, 'lines').join('\n')),
    ]),
    '',
    ...instructions(report),
    '',
  ].join('\n');
}

function rowOf({ name, size, signatures }: ReportedFile): readonly string[] {
  return [code(name), sizeText(size), signatures.length === 0 ? "upstream's own" : signatures.map((where) => cell(where)).join(', ')];
}

function signers({ keys, throwAway }: SigningReport): readonly string[] {
  if (throwAway)
    return [
      'Signed with a **throw-away key** made for this run. Nobody can trust these signatures: give a key of your own before you publish.',
      ...keys.map(({ fingerprint }) => `Fingerprint: ${code(groupedFingerprint(fingerprint))}`),
    ];
  return keys.map((key, index) => {
    const by = key.signingFingerprint === key.fingerprint ? '' : `, by its subkey ${code(key.signingFingerprint)}`;
    const what = index === 0 ? 'Signed by' : 'and, while keys are rolled over, by';
    return `- ${what} ${inertMarkdown(key.userId)} (${inertMarkdown(key.algorithm)}${by}), ${expiry(key)}. Fingerprint: ${code(groupedFingerprint(key.fingerprint))}`;
  });
}

function expiry({ expires }: KeyFacts): string {
  return expires === undefined ? 'without an end' : `until ${new Date(expires).toISOString().slice(0, 10)}`;
}

function verification({ files, verifiers }: SigningReport): string {
  const made = files.reduce((sum, { signatures }) => sum + signatures.length, 0);
  const by = verifiers.flatMap(({ name, version }) => (version === undefined ? [] : [`${name} ${version}`]));
  const missing = verifiers.flatMap(({ name, version }) => (version === undefined ? [name] : []));
  const not = missing.length === 0 ? '' : ` (${missing.join(', ')} is not installed here)`;
  return `${made === 1 ? 'The signature was' : `Each of the ${made} signatures was`} verified by ${by.join(' and ')}${not} with nothing but the public key.`;
}

function instructions({ published, keys }: SigningReport): readonly string[] {
  const { gpgv, sqv } = verifyLines(published);
  const fingerprint = keys[0]?.fingerprint ?? '';
  return [
    `To verify a download, with ${code(`${published.keyName}.gpg`)} from a place that you trust:`,
    '',
    codeBlock(gpgv.join('\n'), 'sh'),
    '',
    `Where there is no gpgv (Debian 13 and later), with ${code(`${published.keyName}.asc`)}:`,
    '',
    codeBlock(sqv.join('\n'), 'sh'),
    '',
    `The output names the key; it must be ${code(fingerprint)} or a subkey of it.`,
    ...folded('For users of an apt repository that this key signs', [
      'As root, with the address and the suite of the repository:',
      '',
      codeBlock(aptLines(published).join('\n'), 'sh'),
    ]),
  ];
}
