import { type Host, UserError } from '@release-kit/action';
import type { Distribution } from '@release-kit/debian';
import { missingTools } from '@release-kit/machine';

/** Throws E_TOOL_MISSING with all that is missing at once, before anything is started. */
export async function requireTools(host: Pick<Host, 'env'>, distribution: Distribution): Promise<void> {
  const missing = await missingTools(host, distribution);
  if (missing.length === 0) return;
  throw new UserError(
    'E_TOOL_MISSING',
    `this host lacks ${missing.map((need) => `${need.program} (package ${need.package}: ${need.why})`).join(', ')}`,
  );
}
