import { type Host, inertLine } from '@release-kit/action';

/** What a person has to see before it is too late. */
export function warn(warnings: readonly string[], host: Host): void {
  for (const warning of warnings) {
    host.log.warning(inertLine(warning));
    host.annotate({ level: 'warning', title: 'signing key', message: inertLine(warning) });
  }
}
