import { Script } from 'node:vm';
import { readExpression } from '@release-kit/config';

/** Milliseconds for one text; matching takes microseconds unless the expression goes back and forth without end. */
const mostTime = 1000;

const script = new Script('expression.test(text)');

/** Whether a stranger's text matches an expression of the configuration; `endless` when it cannot be told in a second. */
export function matches(expression: string, text: string, time: number = mostTime): boolean | 'endless' {
  const pattern = readExpression(expression);
  try {
    return script.runInNewContext({ expression: pattern, text }, { timeout: time }) === true;
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return 'endless';
  }
}
