import { type Host, type InputsOf, UserError } from '@release-kit/action';
import { loadConfig, nearestConfig } from '@release-kit/config';
import { type Channel, type ChannelRules, channelOf, namedChannel, type PointerKind } from '@release-kit/github';
import { refuseIdleInputs } from './idle-inputs.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

/** What was asked for: the inputs, and the configuration where they say nothing. */
export interface ReleaseSettings {
  readonly channel: Channel;
  /** Channels of the tags of all releases. */
  readonly rules: ChannelRules;
  readonly publish: boolean;
  /** Tags that move along. */
  readonly pointers: readonly PointerKind[];
}

/** Throws E_CONFIG, and E_INPUT for what does not fit together. */
export async function readSettings(inputs: Inputs, host: Pick<Host, 'files'>): Promise<ReleaseSettings> {
  refuseIdleInputs(inputs);
  const { workspace } = host.files;
  const { release } = await loadConfig(inputs.config ?? (await nearestConfig(inputs.source, workspace)), workspace);
  const { tag, destination, pointers } = inputs;
  if (destination === 'folder' && pointers.length > 0)
    throw new UserError('E_INPUT', 'a folder has no tags that could be moved', {
      cure: 'Leave pointers out, or set destination to github.',
    });
  return {
    channel: namedChannel(tag, inputs.channel ?? channelOf(tag, release.channels) ?? 'beta'),
    rules: release.channels,
    // In a folder nobody looks at a draft before it is published, so there it is done only by request.
    publish: inputs.publish || (!release.draft && destination === 'github'),
    pointers,
  };
}
