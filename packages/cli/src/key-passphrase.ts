import { askSecret, type Host, hasTerminal, UserError } from '@release-kit/action';
import { variableOf } from './given.ts';

const variable = variableOf('passphrase');

/** The passphrase of a key that exists: from the environment, else asked for. E_PASSPHRASE where nobody can be asked. */
export async function givenPassphrase(env: NodeJS.ProcessEnv, host: Host): Promise<string> {
  return fromEnvironment(env, host) ?? ask('passphrase of the key', host);
}

/** The passphrase of a key to be made: from the environment, else asked for twice. E_PASSPHRASE where nobody can be asked, or when they differ. */
export async function newPassphrase(env: NodeJS.ProcessEnv, host: Host): Promise<string> {
  const given = fromEnvironment(env, host);
  if (given !== undefined) return given;
  const first = await ask('passphrase for the new key', host);
  if (first === '')
    throw new UserError('E_PASSPHRASE', 'the passphrase is empty', {
      cure: 'Give one, or say --no-passphrase for a key that anyone can use who gets it.',
    });
  if ((await ask('the same again', host)) === first) return first;
  throw new UserError('E_PASSPHRASE', 'the two passphrases differ', { cure: 'Begin again; nothing was made.' });
}

function fromEnvironment(env: NodeJS.ProcessEnv, host: Host): string | undefined {
  const given = env[variable];
  if (given === undefined || given === '') return undefined;
  host.mask(given);
  return given;
}

async function ask(question: string, host: Host): Promise<string> {
  if (!hasTerminal())
    throw new UserError('E_PASSPHRASE', 'a passphrase is needed, and there is no terminal to ask on', {
      cure: `Put it into the environment variable ${variable}.`,
    });
  const answer = await askSecret(question, host.signal);
  if (answer !== '') host.mask(answer);
  return answer;
}
