import { UserError } from '@release-kit/action';
import type { HostNeed } from '@release-kit/machine';

/** Throws E_TOOL_MISSING with all that is missing at once, before anything is started. */
export function requireTools(missing: readonly HostNeed[]): void {
  if (missing.length === 0) return;
  throw new UserError(
    'E_TOOL_MISSING',
    `this host lacks ${missing.map((need) => `${need.program} (package ${need.package}: ${need.why})`).join(', ')}`,
  );
}
