import { boolean, defineAction, duration, integer, list, oneOf, path, text } from '@release-kit/action';
import { machineInputs } from '@release-kit/machine';

export const spec = defineAction({
  name: 'build-deb',
  description: 'Builds Debian packages in a clean machine, with the network off, and writes a manifest of what was built.',
  inputs: {
    source: path({ default: '.', mustExist: true, anywhere: true, description: 'Folder that holds debian/, or a .dsc file.' }),
    output: path({
      default: 'out',
      anywhere: true,
      description: 'Folder for packages, manifest.json and the build log; created when missing.',
    }),
    distribution: text({ default: 'debian:12', description: 'Distribution to build for and in.' }),
    architecture: text({ default: 'amd64', description: 'Architecture to build for.' }),
    strategy: oneOf({
      values: ['auto', 'native', 'cross', 'emulate'],
      default: 'auto',
      description:
        "How packages for another architecture than the host's are built; auto: cross where that is known to work, else emulated.",
    }),
    'build-all': boolean({
      default: true,
      description: 'Build the packages of Architecture: all as well. A cross build never does.',
    }),
    tests: oneOf({
      values: ['auto', 'run', 'skip'],
      default: 'auto',
      description: "Whether the package's own tests run during the build; auto: in native builds only.",
    }),
    version: text({
      optional: true,
      defaultText: 'from debian/changelog',
      description: 'Release tag (v1.2.3, v1.2.3-rc.1) or Debian version to build as; snapshot: of this commit, between releases.',
    }),
    rebuild: integer({
      min: 1,
      max: 999,
      optional: true,
      defaultText: 'no rebuild',
      description:
        'Number of a binary-only rebuild: the packages of the architecture get the version of debian/changelog with +b and this number; the source keeps its own.',
    }),
    'include-source': boolean({ default: false, description: 'Build the source package (.dsc) as well.' }),
    'local-packages': list({
      default: [],
      defaultText: 'none',
      description:
        'Packages of your own that the build needs: .deb files, patterns, folders, manifests or archives of earlier builds, one per line. apt takes them before those of the archive.',
    }),
    profiles: list({ default: [], description: 'Build profiles, one per line, for example nocheck.' }),
    options: list({ default: [], description: 'DEB_BUILD_OPTIONS, one per line, for example nocheck.' }),
    parallel: integer({
      min: 1,
      max: 256,
      optional: true,
      defaultText: 'all processors',
      description: 'How many jobs the build may run at once.',
    }),
    'oldest-target': text({
      optional: true,
      defaultText: 'the distribution that is built for',
      description: 'Oldest distribution the packages are installed on: decides how they are compressed, and which C library they may need.',
    }),
    guards: oneOf({
      values: ['error', 'warning'],
      default: 'error',
      description: 'What it is when a package would not work where it is installed, by what the finished package holds.',
    }),
    'compiler-cache': oneOf({
      values: ['none', 'ccache', 'sccache'],
      default: 'none',
      description: 'Keep what compilers make from build to build (sccache: Rust as well); never used in runs of tags.',
    }),
    reproducible: oneOf({
      values: ['false', 'true', 'require'],
      default: 'false',
      description: 'Build a second time in another place and compare, byte for byte: true says what differs, require fails.',
    }),
    'compare-with': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'nothing',
      description:
        'Another build of the same source (its manifest.json, archive or folder): of the same architecture to compare the packages, of another one to compare their dependencies.',
    }),
    equivalence: oneOf({
      values: ['false', 'true', 'require'],
      default: 'false',
      description:
        'After a cross build, build emulated as well and compare what users see of the packages: true says what differs, require fails.',
    }),
    network: boolean({ default: false, description: 'Leave the network on during the build.' }),
    timeout: duration({ default: '1h', description: 'Limit of the whole build.' }),
    ...machineInputs,
    image: text({
      optional: true,
      defaultText: "made from the distribution's archive",
      description:
        'System to build in instead: ./ and the path of a tarball of a root file system (docker export makes one), or the name of a container image, which Docker fetches.',
    }),
    artifact: text({
      optional: true,
      defaultText: 'nothing is uploaded',
      description:
        'Upload what was built as an artifact of this name, and the logs as one with -log behind it; auto: a name of package, distribution and architecture.',
    }),
    'retention-days': integer({
      min: 1,
      max: 400,
      optional: true,
      defaultText: "90 for branches, the repository's setting for tags",
      description: 'How long the artifacts are kept.',
    }),
  },
  outputs: {
    manifest: { description: 'Path of manifest.json.' },
    'manifest-digest': { description: 'SHA-256 of manifest.json, for the jobs that read it.' },
    version: { description: 'Debian version that was built.' },
    strategy: { description: 'How it was built: native, cross or emulate.' },
    'strategy-reason': { description: 'Why it was built so, in words.' },
    reproducible: { description: 'Whether a second build gave the same bytes: true or false; empty when it was not asked.' },
    equivalent: {
      description: 'Whether a cross build is equivalent to an emulated one: true or false; empty when they were not compared.',
    },
    packages: { description: 'File names of the binary packages, one per line.' },
    'artifact-id': { description: 'Id of the uploaded artifact; empty when nothing was uploaded.' },
    'artifact-name': { description: 'Its name.' },
    'artifact-digest': { description: 'Its SHA-256, as GitHub shows it and as a download is compared with.' },
  },
  permissions: [{ permission: 'contents: read', reason: 'to read the source' }],
  root: 'clean machines are mounted and started by root only',
  errors: [
    'E_INPUT',
    'E_HOST',
    'E_PATH',
    'E_SOURCE',
    'E_CONTROL',
    'E_CHANGELOG',
    'E_VERSION',
    'E_TAG',
    'E_GIT',
    'E_DISTRIBUTION',
    'E_ARCHITECTURE',
    'E_BINFMT',
    'E_TOOL_MISSING',
    'E_ENGINE',
    'E_BASE_SYSTEM',
    'E_MACHINE',
    'E_BUILD',
    'E_BUILD_COMPILE',
    'E_BUILD_CROSS',
    'E_BUILD_DEPENDS',
    'E_BUILD_TEST',
    'E_BUILD_NETWORK',
    'E_BUILD_OUTPUT',
    'E_BUILD_GUARD',
    'E_BUILD_REPRODUCIBLE',
    'E_BUILD_EQUIVALENCE',
    'E_DEB',
    'E_DIGEST',
    'E_NAME',
    'E_MANIFEST',
    'E_TIMEOUT',
    'E_GITHUB',
  ],
});
