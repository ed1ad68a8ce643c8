import { boolean, defineAction, duration, integer, list, oneOf, path, text } from '@release-kit/action';

export const spec = defineAction({
  name: 'build-deb',
  description: 'Builds Debian packages in a clean machine, with the network off, and writes a manifest of what was built.',
  inputs: {
    source: path({ default: '.', mustExist: true, anywhere: true, description: 'Folder that holds debian/, or a .dsc file.' }),
    output: path({ default: 'out', anywhere: true, description: 'Folder for packages, manifest.json and the build log; created when missing.' }),
    distribution: text({ default: 'debian:12', description: 'Distribution to build for and in.' }),
    architecture: text({ default: 'amd64', description: 'Architecture to build for.' }),
    version: text({ optional: true, defaultText: 'from debian/changelog', description: 'Release tag (v1.2.3, v1.2.3-rc.1) or Debian version to build as.' }),
    'include-source': boolean({ default: false, description: 'Build the source package (.dsc) as well.' }),
    profiles: list({ default: [], description: 'Build profiles, one per line, for example nocheck.' }),
    options: list({ default: [], description: 'DEB_BUILD_OPTIONS, one per line, for example nocheck.' }),
    parallel: integer({ min: 1, max: 256, optional: true, defaultText: 'all processors', description: 'How many jobs the build may run at once.' }),
    network: boolean({ default: false, description: 'Leave the network on during the build.' }),
    timeout: duration({ default: '1h', description: 'Limit of the whole build.' }),
    engine: oneOf({ values: ['auto', 'nspawn', 'docker'], default: 'auto', description: 'What runs the clean machine.' }),
    mirror: text({ optional: true, defaultText: "the distribution's own", description: 'Archive mirror of the base system.' }),
    artifact: text({ optional: true, defaultText: 'nothing is uploaded', description: 'Upload what was built as an artifact of this name.' }),
    'retention-days': integer({ min: 1, max: 400, optional: true, defaultText: "the repository's setting", description: 'How long the artifact is kept.' }),
  },
  outputs: {
    manifest: { description: 'Path of manifest.json.' },
    'manifest-digest': { description: 'SHA-256 of manifest.json, for the jobs that read it.' },
    version: { description: 'Debian version that was built.' },
    packages: { description: 'File names of the binary packages, one per line.' },
    'artifact-id': { description: 'Id of the uploaded artifact; empty when nothing was uploaded.' },
  },
  permissions: [{ permission: 'contents: read', reason: 'to read the source' }],
  errors: ['E_INPUT', 'E_PATH', 'E_SOURCE', 'E_CONTROL', 'E_CHANGELOG', 'E_VERSION', 'E_TAG', 'E_DISTRIBUTION', 'E_ARCHITECTURE', 'E_TOOL_MISSING', 'E_ENGINE', 'E_BASE_SYSTEM', 'E_BUILD', 'E_BUILD_COMPILE', 'E_BUILD_DEPENDS', 'E_BUILD_TEST', 'E_BUILD_NETWORK', 'E_BUILD_OUTPUT', 'E_TIMEOUT'],
});
