import type { InputsOf } from '@release-kit/action';
import type { LintConfig } from '@release-kit/config';
import type { LintRequest } from './linting.ts';
import type { spec } from './spec.ts';

/** How lintian is to run, whatever it runs on. */
export type LintOptions = Omit<LintRequest, 'files' | 'folder'>;

/** From the inputs, and from the configuration where they say nothing. */
export function lintOptions(inputs: InputsOf<typeof spec>, config: Pick<LintConfig, 'lintian'>): LintOptions {
  const { profile, suppressTags, engine, mirror } = inputs;
  return {
    lintian: inputs.lintian ?? config.lintian,
    profile,
    suppressTags,
    unpackedLimit: inputs.unpackedLimit * 1024 ** 2,
    engine,
    mirror,
  };
}
