import { fileNamePattern } from './file-name.ts';

/** The schema versions that this release reads. */
export const knownSchemas: readonly number[] = [1];

const debianVersion = '^(?:[0-9]{1,10}:)?[0-9][A-Za-z0-9.+~-]*$';
const packageName = '^[a-z0-9][a-z0-9+.-]+$';

/** JSON Schema of the manifest. What it cannot say (each path once) is checked beside it. */
export const manifestSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'release-kit manifest',
  description: 'What was built: one entry per file, beside which the manifest lies.',
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'sourceDateEpoch', 'sources', 'files'],
  properties: {
    schema: { const: 1 },
    sourceDateEpoch: {
      type: 'integer',
      minimum: 0,
      maximum: 253402300799,
      description: "Seconds since 1970 of the changelog's newest entry; of several sources the newest.",
    },
    sources: {
      type: 'array',
      minItems: 1,
      maxItems: 1000,
      uniqueItems: true,
      description: 'The source packages that the files were built from.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['package', 'version'],
        properties: {
          package: { type: 'string', pattern: packageName, maxLength: 128 },
          version: { type: 'string', pattern: debianVersion, maxLength: 128 },
        },
      },
    },
    files: {
      type: 'array',
      maxItems: 10_000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'path', 'size', 'sha256', 'package', 'version', 'architecture', 'distribution'],
        properties: {
          kind: { enum: ['deb', 'ddeb', 'udeb', 'changes', 'buildinfo', 'dsc', 'source'] },
          path: { type: 'string', pattern: fileNamePattern, maxLength: 255, description: 'A plain file name, beside the manifest.' },
          size: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Bytes.' },
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          package: { type: 'string', pattern: packageName, maxLength: 128 },
          version: { type: 'string', pattern: debianVersion, maxLength: 128 },
          architecture: { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 64 },
          distribution: { type: 'string', pattern: '^[a-z]+:[a-z0-9.]+$', maxLength: 64 },
        },
      },
    },
  },
} as const;
