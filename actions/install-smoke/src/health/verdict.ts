import { inertLine } from '@release-kit/action';

/** What one try of a check came to. */
export type HealthVerdict =
  | { readonly good: true }
  | {
      readonly good: false;
      /** One line, inert: what came instead. */
      readonly why: string;
      /** Raw: what came, in full. */
      readonly evidence?: string;
      /** What to do, when it is clear. */
      readonly cure?: string;
      /** Nobody listens on the port: worth telling who listens where. */
      readonly refused?: true;
    };

export const healthy: HealthVerdict = { good: true };

export const refused: HealthVerdict = { good: false, why: 'the connection is refused: nobody listens there', refused: true };

/** `why` must be inert. */
export function unhealthy(why: string, evidence = '', cure?: string): HealthVerdict {
  return { good: false, why, ...(evidence === '' ? {} : { evidence }), ...(cure === undefined ? {} : { cure }) };
}

/** Characters of a line that is quoted in a message. */
const mostQuoted = 200;

/** The first line of a text that says something, inert and not too long; what there is to say when nothing does. */
export function quoteStart(text: string, none: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '');
  return line === undefined ? none : quoted(line.trim());
}

/** As `quoteStart`, the last line. */
export function quoteEnd(text: string, none: string): string {
  return quoteStart(text.split('\n').toReversed().join('\n'), none);
}

const quoted = (line: string): string => inertLine(line.length > mostQuoted ? `${line.slice(0, mostQuoted)}…` : line);
