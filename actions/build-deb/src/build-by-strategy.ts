import { type Host, UserError } from '@release-kit/action';
import type { StrategyDecision } from '@release-kit/cross';
import { type BuildRequest, buildOnce, type FinishedBuild } from './build-once.ts';
import { durationText } from './build-summary.ts';
import { chooseStrategy, type StrategyRequest } from './strategy-choice.ts';

/** A build whose strategy is still to be chosen. */
export type WantedBuild = Omit<BuildRequest, 'strategy'> & StrategyRequest;

/**
 * Chooses the strategy and builds by it. A cross build that `auto` chose, and that fails for a cause that only cross builds have, is
 * followed by an emulated one; the warning names the cause and the time that was lost.
 */
export async function buildByStrategy(host: Host, request: WantedBuild): Promise<FinishedBuild & { readonly decision: StrategyDecision }> {
  const { architecture, wanted } = request;
  const decision = await chooseStrategy(host, request);
  const { strategy, reason } = decision;
  // What everybody expects is told to those who want to know all.
  const say = strategy === 'native' ? host.log.detail : host.log.info;
  say(`strategy for ${architecture}: ${strategy} (${reason})`);
  const started = host.clock.now();
  try {
    return { ...(await buildOnce(host, { ...request, strategy })), decision };
  } catch (error) {
    if (strategy !== 'cross' || wanted !== 'auto' || !(error instanceof UserError) || error.code !== 'E_BUILD_CROSS') throw error;
    const lost = durationText(host.clock.now() - started);
    const message = `${error.message}. The packages are built emulated instead; the cross build took ${lost}. ${error.cure} The strategy emulate saves that time.`;
    host.annotate({ level: 'warning', title: 'the package does not cross-compile', message });
    const fallback = { strategy: 'emulate', reason: `the cross build failed: ${error.message}` } as const;
    return { ...(await buildOnce(host, { ...request, strategy: 'emulate' })), decision: fallback };
  }
}
