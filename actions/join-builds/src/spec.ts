import { artifactInput, defineAction, path, retentionInput, text } from '@release-kit/action';

export const spec = defineAction({
  name: 'join-builds',
  description:
    'Brings what the jobs of a matrix built together: compares all with their digests, makes one manifest and one artifact of it.',
  inputs: {
    stages: text({ description: "build-matrix's output stages." }),
    needs: text({ description: 'The jobs that built, and what came of them: toJSON(needs).' }),
    downloads: path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'they are downloaded',
      description: 'Folder that holds the artifacts of the jobs, each in a folder of its name.',
    }),
    output: path({
      default: 'packages',
      anywhere: true,
      description: 'New folder for all packages and their manifest. One of an earlier run is replaced.',
    }),
    artifact: artifactInput('Upload all packages as an artifact of this name.'),
    'retention-days': retentionInput(
      "90, less where the repository allows less; the repository's setting for tags",
      'How long the artifact is kept.',
    ),
  },
  outputs: {
    manifest: { description: 'Path of the manifest of all; empty when a job failed.' },
    'manifest-digest': { description: 'Its SHA-256, for the jobs that read it.' },
    artifact: { description: 'Name of the uploaded artifact; empty when nothing was uploaded.' },
    'artifact-id': { description: 'Its id.' },
    versions: { description: 'Source packages and their versions, one per line: hello 1.2.3.' },
    packages: { description: 'File names of the binary packages, one per line.' },
    result: { description: 'What came of all jobs, in one sentence.' },
  },
  permissions: [],
  errors: ['E_INPUT', 'E_PATH', 'E_MANIFEST', 'E_DIGEST', 'E_NAME', 'E_GITHUB'],
});
