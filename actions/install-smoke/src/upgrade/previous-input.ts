import { inertLine, UserError } from '@release-kit/action';
import { type Config, parsePreviousRelease, previousForms } from '@release-kit/config';

/** The configuration with what the input `previous` says in place of its own. Throws E_INPUT with the forms that there are. */
export function withPrevious(config: Config, text: string | undefined): Config {
  if (text === undefined) return config;
  const previous = parsePreviousRelease(text);
  if (previous === undefined)
    throw new UserError('E_INPUT', `the input previous is ${JSON.stringify(inertLine(text))}, which names no previous release`, {
      cure: `Write one of: ${previousForms.join(', ')}.`,
    });
  return { ...config, smoke: { ...config.smoke, previous: previous === 'none' ? undefined : previous } };
}
