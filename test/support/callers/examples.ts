import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleRepository, git } from '../history.ts';
import { type Caller, callerRepository } from './caller.ts';

const twoPackages = join(import.meta.dirname, '../../../examples/two-packages');

/** A service in C with a history: one release before, conventional commits since, and the workflows of one package. */
export const serviceCaller = (folder: string, workflows: Readonly<Record<string, string>>): Promise<Caller> =>
  callerRepository(folder, 'octo-org/hello-service', (checkout) => exampleRepository(checkout), workflows);

/** Two packages, one built with the other, and no release yet. */
export const twoPackagesCaller = (folder: string, workflows: Readonly<Record<string, string>>): Promise<Caller> =>
  callerRepository(
    folder,
    'octo-org/greetings',
    async (checkout) => {
      await git(checkout, 0, ['init', '--quiet', '--initial-branch=main']);
      for (const [day, [message, path]] of [
        ['feat(libgreeting): make a greeting', 'libgreeting'],
        ['feat(greeter): greet a person by name', 'greeter'],
        ['ci: say what is built, and what it has to answer', 'release-kit.yml'],
      ].entries()) {
        await cp(join(twoPackages, path ?? ''), join(checkout, path ?? ''), { recursive: true });
        await git(checkout, day, ['add', '--all']);
        await git(checkout, day, ['commit', '--quiet', '--message', message ?? '']);
      }
    },
    workflows,
  );

/** Where GitHub has no runner of the other architecture. */
export const crossed = (...paths: readonly string[]): string =>
  `packages:\n${paths.map((path) => `  - { path: ${path}, strategies: { arm64: cross } }\n`).join('')}`;
