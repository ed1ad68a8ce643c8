import { relative, resolve } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import { type Config, type PreviousRelease, parsePreviousRelease, previousForms } from '@release-kit/config';

/** Where relative paths begin: absolute folders. */
export interface PathRoots {
  /** Of the input. */
  readonly workspace: string;
  /** Of the configuration. */
  readonly root: string;
}

/**
 * The configuration with what the input `previous` says in place of its own; a folder is named from the workspace afterwards. Throws
 * E_INPUT with the forms that there are.
 */
export function withPrevious(config: Config, text: string | undefined, { workspace, root }: PathRoots): Config {
  const { previous } = config.smoke;
  const wanted = text === undefined ? placed(previous, root, workspace) : placed(parseInput(text), workspace, workspace);
  return { ...config, smoke: { ...config.smoke, previous: wanted } };
}

function parseInput(text: string): PreviousRelease | undefined {
  const previous = parsePreviousRelease(text);
  if (previous === undefined)
    throw new UserError('E_INPUT', `the input previous is ${JSON.stringify(inertLine(text))}, which names no previous release`, {
      cure: `Write one of: ${previousForms.join(', ')}.`,
    });
  return previous === 'none' ? undefined : previous;
}

function placed(previous: PreviousRelease | undefined, from: string, workspace: string): PreviousRelease | undefined {
  if (previous?.from !== 'folder') return previous;
  return { from: 'folder', path: `./${relative(workspace, resolve(from, previous.path))}` };
}
