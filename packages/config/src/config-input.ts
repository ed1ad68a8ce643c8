import { path } from '@release-kit/action';

/** The input of every action that reads release-kit.yml; `description` says what for. */
export const configInput = (description: string) =>
  path({
    optional: true,
    mustExist: true,
    anywhere: true,
    defaultText: 'release-kit.yml or .github/release-kit.yml, when there is one',
    description,
  });
