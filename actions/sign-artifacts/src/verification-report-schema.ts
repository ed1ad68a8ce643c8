import { type Schema, schemaOf } from '@release-kit/action';

/** The form of the report; grows when a field changes its meaning or goes. */
export const verificationSchemaVersion = 1;

const { text, nullable, oneOf, count, list, object } = schemaOf;

const names = (description: string): Schema => list(text('Name of a file.'), description);
const fingerprints = (description: string): Schema => list(text('Fingerprint of a primary key, 40 hexadecimal digits.'), description);

/** JSON Schema (draft 7) of what mode verify reports. `verification-report.schema.json` is rendered from it. */
export const verificationReportSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of sign-artifacts in mode verify',
  ...object(
    {
      schema: { const: verificationSchemaVersion, description: 'Grows when a field changes its meaning or goes.' },
      result: oneOf(['passed', 'failed'], 'passed: nothing is wrong, and something is vouched for.'),
      keys: { anyOf: [{ type: 'null' }, fingerprints('')], description: 'The trusted keys; null: only digests were compared.' },
      tools: nullable('string', 'Programs that verified; null: none.'),
      files: list(
        object({
          name: text('Name of the file.'),
          size: count('Bytes.'),
          sha256: nullable('string', 'SHA-256 in hexadecimal; null: it is not a plain file.'),
          verified: { type: 'boolean', description: 'A signature, or a list that is signed, vouches for its bytes, and nothing is wrong.' },
          signatures: names('Signatures that verify; its own name: one inside.'),
          signedBy: fingerprints('Who signed it.'),
          listedIn: names('Lists that have its digest.'),
          problems: list(text('In words.'), 'Each is a reason not to use the file.'),
          remarks: list(text('In words.'), 'What a person should know although it is no problem.'),
        }),
        'By name.',
      ),
      missing: names('Listed in a checksum file, but not here.'),
      lonely: names('Signatures of files that are not here.'),
    },
    'What input report writes in mode verify, and release-kit verify --json.',
  ),
};
