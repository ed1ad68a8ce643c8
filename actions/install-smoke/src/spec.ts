import {
  artifactInput,
  defineAction,
  duration,
  integer,
  jobTokenInput,
  jsonReportOutput,
  junitOutput,
  list,
  oneOf,
  path,
  text,
  writtenPath,
} from '@release-kit/action';
import { configInput } from '@release-kit/config';
import { machineInputs } from '@release-kit/machine';
import { manifestInputs } from '@release-kit/manifest';

export const spec = defineAction({
  name: 'install-smoke',
  description:
    'Installs the packages on a clean system with systemd running, checks services, files and health, then removes and purges them.',
  inputs: {
    ...manifestInputs,
    config: configInput('Configuration file; its smoke section lists health checks, commands and files.'),
    source: path({ default: '.', mustExist: true, anywhere: true, description: 'The source tree, to point at the file to mend.' }),
    distributions: list({
      default: [],
      defaultText: 'smoke.targets of the configuration, else the ones that were built for',
      description: 'Distributions to install on, one per line; debian:12/arm64 names the architecture as well.',
    }),
    architectures: list({
      default: [],
      defaultText: "this host's when there are packages for it, else theirs",
      description: 'Architectures of the machines, one per line; a foreign one is emulated.',
    }),
    image: list({
      default: [],
      defaultText: "made from the distribution's archive",
      description:
        'System to install on instead: ./ and the path of a tarball of a root file system (docker export makes one), or the name of a container image, which Docker fetches. With several targets one line for each, such as debian:13/arm64=image.',
    }),
    'local-packages': list({
      default: [],
      defaultText: 'none',
      description:
        'Packages of your own that these need and no archive has: manifests, archives, folders or patterns of earlier builds, one per line. They are tried together.',
    }),
    unreachable: oneOf({
      values: ['fail', 'skip'],
      optional: true,
      defaultText: 'from the configuration, else fail',
      description:
        'What becomes of a target whose system cannot be made; one that is skipped is shown as skipped, and all skipped is a failure.',
    }),
    jobs: integer({
      min: 1,
      max: 64,
      optional: true,
      defaultText: 'one for each processor, as long as there is memory',
      description: 'Machines that run at a time.',
    }),
    previous: text({
      optional: true,
      defaultText: 'smoke.previous of the configuration, else none',
      description:
        'The previous release, to upgrade from it: ./ and the path of a folder of packages or of a manifest, github (the newest lower release of this repository), github:<tag>, github:<owner>/<name> or github:<owner>/<name>@<tag>, distribution (the older version that the distribution has), apt: and a source line with signed-by, or none.',
    }),
    'github-token': jobTokenInput('Token that reads releases, when the previous release is on GitHub; public ones need none.'),
    report: writtenPath('Write steps, times and findings to this file as JSON, in the form of smoke-report.schema.json.'),
    junit: writtenPath('Write the steps to this file as JUnit XML: a suite for each track of each system.'),
    logs: writtenPath('Folder for what package managers, scripts and units said in each machine; journals when something failed.'),
    artifact: artifactInput(
      'When something failed, upload these logs and the report as an artifact of this name; auto: a name of package and system.',
    ),
    timeout: duration({ default: '10m', description: 'Limit of each step.' }),
    ...machineInputs,
  },
  renamed: { distribution: 'distributions', architecture: 'architectures' },
  outputs: {
    result: { description: 'passed, or failed.' },
    'failed-targets': { description: 'Systems on which something failed, one per line.' },
    'skipped-targets': { description: 'Systems that were left out, one per line.' },
    services: { description: 'Units that were started and became active, one per line.' },
    leftover: { description: 'Paths, users and units that stayed behind after purge, one per line.' },
    report: jsonReportOutput,
    junit: junitOutput,
  },
  permissions: [{ permission: 'contents: read', reason: 'to read release-kit.yml, and the previous release when it is on GitHub' }],
  root: 'clean machines are mounted and started by root only',
  errors: [
    'E_INPUT',
    'E_FORK',
    'E_HOST',
    'E_PATH',
    'E_CONFIG',
    'E_MANIFEST',
    'E_DIGEST',
    'E_TOOL_MISSING',
    'E_DISTRIBUTION',
    'E_ARCHITECTURE',
    'E_BINFMT',
    'E_ENGINE',
    'E_BASE_SYSTEM',
    'E_MACHINE',
    'E_SMOKE_TARGET',
    'E_SMOKE_INSTALL',
    'E_SMOKE_SERVICE',
    'E_SMOKE_HEALTH',
    'E_SMOKE_FILE',
    'E_SMOKE_UPGRADE',
    'E_SMOKE_REMOVE',
    'E_SMOKE_LEFTOVER',
    'E_SMOKE_FIGURES',
    'E_SMOKE_TEST',
    'E_TIMEOUT',
    'E_TOKEN',
    'E_GITHUB',
    'E_RATE',
  ],
});
