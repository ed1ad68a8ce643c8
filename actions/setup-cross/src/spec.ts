import { boolean, defineAction, oneOf, text } from '@release-kit/action';

export const spec = defineAction({
  name: 'setup-cross',
  description: 'Installs what a build needs on this host and prepares the base system it builds in.',
  inputs: {
    distribution: text({ default: 'debian:12', description: 'Distribution of the base system.' }),
    architecture: text({ default: 'amd64', description: 'Architecture of the packages. For now amd64 on an amd64 host.' }),
    install: boolean({
      default: true,
      description: 'Install what is missing with apt; with false, missing programs are an error that lists them.',
    }),
    engine: oneOf({ values: ['auto', 'nspawn', 'docker'], default: 'auto', description: 'What runs the clean machines.' }),
    mirror: text({ optional: true, defaultText: "the distribution's own", description: 'Archive mirror of the base system.' }),
  },
  outputs: {
    strategy: { description: 'How packages will be built: native.' },
    engine: { description: 'What will run the clean machines: nspawn or docker.' },
    installed: { description: 'Packages that were installed on the host, one per line.' },
    'base-system': { description: 'Key of the prepared base system.' },
    'base-origin': { description: 'Where the base system came from: cache, remote-cache or archive.' },
  },
  permissions: [{ permission: 'contents: read', reason: 'nothing else: it talks to the package archive only' }],
  root: 'it installs packages and makes base systems, which hold files of root',
  errors: ['E_INPUT', 'E_HOST', 'E_TOOL_MISSING', 'E_ENGINE', 'E_DISTRIBUTION', 'E_ARCHITECTURE', 'E_BASE_SYSTEM', 'E_CACHE'],
});
