import { oneOf, text } from '@release-kit/action';

/** The inputs of every action that works in clean machines: what runs them, and where their base systems come from. */
export const machineInputs = {
  engine: oneOf({
    values: ['auto', 'nspawn', 'docker'],
    default: 'auto',
    description: 'What runs the clean machines; auto takes systemd-nspawn where it can run, else a Docker daemon.',
  }),
  mirror: text({ optional: true, defaultText: "the distribution's own", description: 'Archive mirror of the base systems.' }),
} as const;

/** The input of those that work in the machine of a build. */
export const imageInput = text({
  optional: true,
  defaultText: "made from the distribution's archive",
  description:
    'System to build in instead: ./ and the path of a tarball of a root file system (docker export makes one), or the name of a container image, which Docker fetches.',
});
