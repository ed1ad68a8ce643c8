import type { Host, InputsOf } from '@release-kit/action';
import { takeBack } from './apt-change.ts';
import type { spec } from './spec.ts';

/** Name of what the main step keeps for this one: the folder of the record. */
export const changeState = 'change';

/** Takes back what the main step did to apt, when that was asked for and there is something. */
export async function post(_inputs: InputsOf<typeof spec>, host: Host): Promise<void> {
  const folder = host.state.get(changeState);
  if (folder === undefined) return;
  await host.log.group("Take the changes to apt's sources back", () => takeBack(host, folder));
}
