import { inertLine } from '@release-kit/action';
import type { HealthCheck } from '@release-kit/config';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import { ask, listenersBeside } from './ask.ts';
import { questionOf, questionText } from './question-text.ts';
import type { HealthVerdict } from './verdict.ts';

/** Milliseconds that a try has at least, be it the last one. */
const leastTime = 500;

/** What came of a check at its end. */
interface Outcome {
  readonly last: HealthVerdict;
  readonly tries: number;
}

/** Asks until the answer is good or the time is over; undefined is good. `unit`: the service that the check belongs to. */
export async function checkHealth(
  { host, machine }: Pick<Session, 'host' | 'machine'>,
  unit: string | undefined,
  check: HealthCheck,
): Promise<Problem | undefined> {
  const question = questionOf(check, unit);
  const deadline = host.clock.now() + check.within;
  const { last, tries } = await untilGood();
  if (last.good) return undefined;
  const listeners = last.refused === true ? await listenersBeside(machine, question) : '';
  return {
    category: 'unhealthy',
    message: failureText(questionText(question), unit, check.within, {
      tries,
      why: listeners === '' ? last.why : `${last.why}; ${listeners}`,
    }),
    ...(last.evidence === undefined ? {} : { evidence: last.evidence }),
    ...(last.cure === undefined ? {} : { cure: last.cure }),
  };

  async function untilGood(): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const last = await ask(machine, question, Math.max(leastTime, deadline - host.clock.now()));
      if (last.good || host.clock.now() + check.every >= deadline) return { last, tries };
      await host.clock.sleep(check.every);
    }
  }
}

/** `hello.service: http://… was not good within 5 s (asked 12 times): status 500`. `what` and `why` must be inert. */
export function failureText(
  what: string,
  unit: string | undefined,
  within: number,
  { tries, why }: { readonly tries: number; readonly why: string },
): string {
  const owner = unit === undefined ? '' : `${inertLine(unit)}: `;
  return `${owner}${what} was not good within ${within / 1000} s (asked ${tries === 1 ? 'once' : `${tries} times`}): ${why}`;
}
