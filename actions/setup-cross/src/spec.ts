import { boolean, defineAction, list, oneOf, text } from '@release-kit/action';
import { imageInput, machineInputs } from '@release-kit/machine';

export const spec = defineAction({
  name: 'setup-cross',
  description:
    'Makes a host able to build for an architecture: base systems for Debian packages, or compilers for projects that just compile.',
  inputs: {
    distribution: text({ default: 'debian:12', description: 'Distribution of the base systems.' }),
    architecture: text({
      default: 'amd64',
      description: 'Architecture to build for: amd64, arm64, armhf, i386, ppc64el, riscv64 or s390x.',
    }),
    strategy: oneOf({
      values: ['auto', 'native', 'cross', 'emulate'],
      default: 'auto',
      description: 'How packages will be built; auto takes the fastest that this host can, and build-deb looks at the package as well.',
    }),
    prepare: oneOf({
      values: ['machines', 'toolchain', 'both'],
      default: 'machines',
      description:
        'machines: the base systems that build-deb builds in. toolchain: compilers on this host, and the variables that name them.',
    }),
    libraries: list({
      default: [],
      description: 'Packages of that architecture to install on this host for the toolchain, such as libssl-dev; apt is set up for them.',
    }),
    emulation: boolean({
      default: true,
      description: 'Let programs of a foreign architecture run here by QEMU: for tests, and for base systems of that architecture.',
    }),
    export: boolean({ default: true, description: 'Set the variables of the toolchain for the later steps of the job.' }),
    install: boolean({
      default: true,
      description: 'Install what is missing with apt; with false, missing programs are an error that lists them.',
    }),
    undo: boolean({
      default: false,
      description: "At the end of the job, take the changes to apt's sources and dpkg's architectures back, and the libraries with them.",
    }),
    ...machineInputs,
    image: imageInput,
    'ports-mirror': text({
      optional: true,
      defaultText: "by the distribution's own table",
      description: "Archive to ask for packages of the architecture where this host's own archive has none.",
      pattern: /^[a-z+]+:\/\/?[^\s]+$/,
      patternText: 'an address such as https://mirror.example/ubuntu-ports',
    }),
  },
  outputs: {
    strategy: { description: 'How packages will be built: native, cross or emulate.' },
    'strategy-reason': { description: 'Why, in one line.' },
    engine: { description: 'What will run the clean machines: nspawn or docker; empty without machines.' },
    installed: { description: 'Packages that were installed on the host, one per line.' },
    'base-system': { description: 'Key of the base system that builds run in; empty without machines.' },
    'base-origin': { description: 'Where the base system came from: cache, remote-cache or archive; empty without machines.' },
    triplet: { description: 'GNU name of the architecture, for configure --host.' },
    emulator: { description: 'QEMU program that runs programs of the architecture here; empty where none is needed or wanted.' },
    'environment-file': { description: 'Script with the variables of the toolchain, for `. FILE`; empty without a toolchain.' },
    'cmake-toolchain-file': { description: 'File for CMAKE_TOOLCHAIN_FILE; empty for a native toolchain.' },
    'meson-cross-file': { description: 'File for meson setup --cross-file; empty for a native toolchain.' },
  },
  permissions: [{ permission: 'contents: read', reason: 'nothing else: it talks to the package archive only' }],
  root: 'it installs packages and makes base systems, which hold files of root',
  post: "Takes the changes to apt's sources back when the input undo asks for it.",
  errors: ['E_INPUT', 'E_HOST', 'E_TOOL_MISSING', 'E_ENGINE', 'E_BINFMT', 'E_DISTRIBUTION', 'E_ARCHITECTURE', 'E_BASE_SYSTEM', 'E_CACHE'],
});
