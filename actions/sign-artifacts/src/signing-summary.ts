import { capped, cell, code, codeBlock, folded, inertMarkdown, table } from '@release-kit/action';
import { sizeText } from '@release-kit/manifest';
import { groupedFingerprint, type KeyFacts } from '@release-kit/openpgp';
import type { ReportedFile, SigningReport } from './signing-report.ts';
import { aptLines, debsigLines, verifyLines } from './user-instructions.ts';

/** Above this the table is folded away. */
const shownFiles = 12;
const cap = { rows: 200, bytes: 100_000 };

/** Part of the job summary: who signed, what, how it was verified, and what users do. The same report gives the same bytes. */
export function signingSummary(report: SigningReport): string {
  const { files } = report;
  const rows = table(['file', 'size:', 'signature'], files, rowOf, cap, 'files are signed');
  const count = files.length === 1 ? 'One file' : `${files.length} files`;
  return [
    '### Signatures',
    '',
    ...signers(report),
    '',
    verification(report),
    ...(files.length > shownFiles ? folded(count, rows) : rows),
    ...digests(files),
    '',
    ...instructions(report),
    '',
  ].join('\n');
}

function rowOf({ name, size, signatures }: ReportedFile): readonly string[] {
  return [code(name), sizeText(size), signatures.length === 0 ? "upstream's own" : signatures.map((where) => cell(where)).join(', ')];
}

function digests(files: readonly ReportedFile[]): readonly string[] {
  const listed = files.flatMap(({ name, sha256 }) => (sha256 === undefined ? [] : [`${sha256}  ${name}`]));
  return folded('SHA-256 of each file', [codeBlock(capped(listed, (line) => line, cap, 'files').join('\n'))]);
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
    return `- ${what} ${inertMarkdown(key.userId)} (${inertMarkdown(key.algorithm)}${by}), ${expiry(key)}.<br>Fingerprint: ${code(groupedFingerprint(key.fingerprint))}`;
  });
}

function expiry({ expires }: KeyFacts): string {
  return expires === undefined ? 'without an end' : `until ${new Date(expires).toISOString().slice(0, 10)}`;
}

function verification({ files, programs }: SigningReport): string {
  const made = files.reduce((sum, { signatures }) => sum + signatures.length, 0);
  const by = programs.flatMap(({ name, version }) => (version === undefined ? [] : [`${name} ${version}`]));
  const missing = programs.flatMap(({ name, version }) => (version === undefined ? [name] : []));
  const not = missing.length === 0 ? '' : ` (${missing.join(', ')} is not installed here)`;
  return `${made === 1 ? 'The signature was' : `Each of the ${made} signatures was`} verified by ${by.join(' and ')}${not} with nothing but the public key.`;
}

function instructions({ published, keys }: SigningReport): readonly string[] {
  const { gpgv, sqv } = verifyLines(published);
  return [
    `To verify a download, with ${code(`${published.keyName}.gpg`)} from a place that you trust:`,
    '',
    codeBlock(gpgv.join('\n'), 'sh'),
    '',
    `Where there is no gpgv (Debian 13 and later), with ${code(`${published.keyName}.asc`)}:`,
    '',
    codeBlock(sqv.join('\n'), 'sh'),
    '',
    [namedKeys(keys), ...changeOver(keys)].join(' '),
    '',
    `With release-kit all of it at once, the key known by its fingerprint: ${code(`release-kit verify --fingerprint ${keys[0]?.fingerprint ?? ''}`)}`,
    ...asRoot(
      'For users of an apt repository that this key signs',
      'with the address and the suite of the repository',
      aptLines(published),
    ),
    ...asRoot('For users of debsig-verify', 'in the folder of the download', debsigLines(published)),
  ];
}

/** apt looks for one good signature; gpgv itself wants to know them all. */
function changeOver(keys: readonly KeyFacts[]): readonly string[] {
  return keys.length > 1
    ? ['Who has the public key of only one of them sees its good signature, but gpgv ends with exit code 2; apt and sqv accept it.']
    : [];
}

/** gpgv tells the subkey that signed, and sqv the primary key: people who compare have to know which one they see. */
function namedKeys(keys: readonly KeyFacts[]): string {
  const listed = (fingerprints: readonly string[]): string => fingerprints.map(code).join(' and ');
  const primary = listed(keys.map(({ fingerprint }) => fingerprint));
  const signing = listed(keys.map(({ signingFingerprint }) => signingFingerprint));
  return primary === signing
    ? `The output has to name the key ${primary}.`
    : `gpgv has to name the key ${signing}, and sqv its primary key, ${primary}.`;
}

function asRoot(title: string, how: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : folded(title, [`As root, ${how}:`, '', codeBlock(lines.join('\n'), 'sh')]);
}
