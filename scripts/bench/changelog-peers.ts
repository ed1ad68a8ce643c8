/** Tools that make changelogs, in the versions that are compared; npm brings them into the cache, so that no work tree has them. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../testing/process.ts';
import type { Argv } from './process-time.ts';

const versions = {
  'git-cliff': '2.14.2',
  'conventional-changelog': '8.1.3',
  'conventional-changelog-conventionalcommits': '10.4.1',
} as const;

export const peerNames = {
  cliff: `git-cliff ${versions['git-cliff']}`,
  conventional: `conventional-changelog ${versions['conventional-changelog']}`,
};

export interface ChangelogPeers {
  /** The program itself, without npm's starter around it. */
  readonly cliff: Argv;
  readonly conventional: Argv;
}

export async function changelogPeers(cache: string): Promise<ChangelogPeers> {
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const folder = join(cache, 'bench-peers', packages.join('+'));
  if (!existsSync(folder)) {
    const fetching = `${folder}.fetching`;
    await rm(fetching, { recursive: true, force: true });
    await mkdir(fetching, { recursive: true });
    await writeFile(join(fetching, 'package.json'), '{ "private": true }\n');
    const npm = ['npm', 'install', '--prefix', fetching, '--ignore-scripts', '--no-audit', '--no-fund', ...packages] as const;
    const { exitCode, output } = await runProcess(npm);
    if (exitCode !== 0) throw new Error(`npm brought no tools to compare with:\n${output.slice(-2000)}`);
    await rename(fetching, folder);
  }
  const modules = join(folder, 'node_modules');
  return {
    cliff: [join(modules, `git-cliff-${process.platform}-${process.arch}`, 'bin', 'git-cliff')],
    conventional: [
      process.execPath,
      join(modules, 'conventional-changelog', 'dist', 'cli', 'index.js'),
      '--preset',
      join(modules, 'conventional-changelog-conventionalcommits', 'src', 'index.js'),
    ],
  };
}
