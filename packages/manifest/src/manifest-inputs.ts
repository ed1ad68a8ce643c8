import { path, text } from '@release-kit/action';

/** The input of every action that is told which manifest is the right one. */
export const manifestDigestInput = text({
  optional: true,
  pattern: /^[0-9a-f]{64}$/,
  patternText: 'a SHA-256 in hexadecimal',
  defaultText: 'not compared',
  description: "build-deb's output manifest-digest.",
});

/** The inputs of every action that works on what was built. */
export const manifestInputs = {
  manifest: path({
    default: 'out/manifest.json',
    mustExist: true,
    anywhere: true,
    description:
      'Manifest that build-deb wrote, beside the files it lists; or the archive of an artifact, or the folder it was downloaded into.',
  }),
  'manifest-digest': manifestDigestInput,
} as const;
