import { UserError } from '@release-kit/action';
import { assetNames } from '@release-kit/github';
import type { ManifestFile } from '@release-kit/manifest';

export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** What is said of the subjects: provenance, later a list of parts (SBOM). */
export interface Predicate {
  /** An address that names the kind. */
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: Readonly<Record<string, unknown>>;
}

/** Of GitHub (README of actions/attest): subjects of one attestation. */
const maxSubjects = 1024;

/** Every file, by the name under which it is released. E_INPUT for none or for more than GitHub takes, E_NAME, E_NAME_COLLISION. */
export function subjectsOf(files: readonly ManifestFile[]): readonly Subject[] {
  if (files.length === 0) throw new UserError('E_INPUT', 'the manifest lists no file that could be attested');
  if (files.length > maxSubjects)
    throw new UserError('E_INPUT', `the manifest lists ${files.length} files; one attestation has at most ${maxSubjects}`, {
      cure: 'Release fewer packages with one tag, or leave files out.',
    });
  const names = assetNames(files.map(({ path }) => path));
  return files
    .map(({ path, sha256 }) => ({ name: names.get(path) ?? path, digest: { sha256 } }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function statementOf(subjects: readonly Subject[], { type, content }: Predicate): Statement {
  return { _type: 'https://in-toto.io/Statement/v1', subject: subjects, predicateType: type, predicate: content };
}
