import { type Host, UserError } from '@release-kit/action';
import type { Architecture } from '@release-kit/cross';
import { installPackages, updateLists } from './install.ts';
import { addArchitecture } from './multiarch.ts';
import { changeState } from './post.ts';

interface Wishes {
  readonly target: Architecture;
  readonly install: boolean;
  readonly undo: boolean;
  readonly portsMirror: string | undefined;
}

/**
 * Installs packages (`libssl-dev:arm64`) on this host, with apt set up for their architecture. Returns those that were missing.
 * E_TOOL_MISSING when they may not be installed.
 */
export async function installLibraries(host: Host, packages: readonly string[], wishes: Wishes): Promise<readonly string[]> {
  const missing = await missingPackages(host, packages);
  if (missing.length === 0) return [];
  if (!wishes.install) throw new UserError('E_TOOL_MISSING', `this host lacks the packages ${missing.join(', ')}`);
  await host.log.group(`Install libraries of ${wishes.target.name}`, async () => {
    const { name } = wishes.target;
    const isForeign = missing.some((one) => one.endsWith(`:${name}`));
    const change = isForeign ? await addArchitecture(host, name, wishes.portsMirror) : undefined;
    if (change === undefined) await updateLists(host);
    if (change !== undefined && wishes.undo) await host.state.set(changeState, change);
    await installPackages(host, missing);
  });
  return missing;
}

async function missingPackages(host: Host, packages: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of packages) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own
    const argv = ['dpkg-query', '--show', '--showformat=${db:Status-Status}\n', '--', name] as const;
    const { exitCode, stdout } = await host.exec(argv, { cwd: '/', allow: 'any' });
    if (exitCode !== 0 || !stdout.split('\n').includes('installed')) missing.push(name);
  }
  return missing;
}
