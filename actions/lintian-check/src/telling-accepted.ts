import type { Annotation, Host } from '@release-kit/action';
import type { LintResult, Override } from './lint-result.ts';

/** Of the ten notices that GitHub shows in one step, so many at most are about what a pull request hides. */
export const mostAcceptedNotices = 3;

/** Notices at the lines by which a pull request hides findings; all of them are in the log and in the summary. */
export function acceptedNotices({ newlyOverridden }: Pick<LintResult, 'newlyOverridden'>): readonly Annotation[] {
  const more = newlyOverridden.length - mostAcceptedNotices;
  return newlyOverridden.slice(0, mostAcceptedNotices).map((override, index) => ({
    level: 'notice',
    title: `newly overridden: ${override.tag}`,
    message: `${overrideWords(override)}${index + 1 === mostAcceptedNotices && more > 0 ? ` (${more} more in the summary)` : ''}`,
    ...override.location?.place,
  }));
}

/** What has no finding of its own, for the log: overrides and lines of the baseline that are new, or out of use. */
export function tellAccepted({ newlyOverridden, unusedOverrides, comparison }: LintResult, host: Host): void {
  for (const one of newlyOverridden) host.log.info(`newly overridden: ${placed(one)}${overrideWords(one)}`);
  for (const one of unusedOverrides) host.log.info(`unused override: ${placed(one)}${overrideWords(one)}`);
  const stale = comparison?.stale ?? [];
  const [first] = stale;
  if (first === undefined) return;
  const lines = stale.map(({ place }) => place.line ?? 1);
  host.log.warning(
    `${first.place.file}: ${stale.length === 1 ? 'one line says' : `${stale.length} lines say`} more than there is: ${cut(lines)}; release-kit lint --update-baseline mends it`,
  );
}

function cut(lines: readonly number[]): string {
  const shown = lines.slice(0, 20).join(', ');
  return `line${lines.length === 1 ? '' : 's'} ${shown}${lines.length > 20 ? ', …' : ''}`;
}

/** `hello: some-tag usr/bin/x hides one finding` */
function overrideWords({ package: name, tag, context, remark }: Override): string {
  return `${name === '' ? '' : `${name}: `}${tag}${context === '' ? '' : ` ${context}`}${remark === undefined ? '' : ` ${remark}`}`;
}

function placed({ location }: Override): string {
  return location === undefined ? '' : `${location.shown}: `;
}
