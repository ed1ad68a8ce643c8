import { type Host, inertLine } from '@release-kit/action';

/** What a person has to see before it is too late: as annotations, which every host shows, so that nothing is said twice. */
export function warn(warnings: readonly string[], host: Pick<Host, 'annotate'>): void {
  for (const warning of warnings) host.annotate({ level: 'warning', title: 'signing key', message: inertLine(warning) });
}
