import { join } from 'node:path';
import { actions, type RunnableAction } from './actions.ts';

export type StageName = 'plan' | 'build' | 'lint' | 'smoke' | 'sign';

export interface Stage {
  readonly action: RunnableAction;
  /** Inputs from the two things a person names: the source and the folder of the packages. */
  readonly given: (path: string, output: string) => Record<string, string>;
}

/** One stage of the pipeline by its short name, working in the output folder. */
export function stageAction(name: StageName): Stage {
  const manifest = (output: string): string => join(output, 'manifest.json');
  switch (name) {
    case 'plan':
      return { action: actions['build-matrix'], given: (source) => ({ source }) };
    case 'build':
      return { action: actions['build-deb'], given: (source, output) => ({ source, output }) };
    case 'lint':
      return { action: actions['lintian-check'], given: (source, output) => ({ source, manifest: manifest(output) }) };
    case 'smoke':
      return { action: actions['install-smoke'], given: (source, output) => ({ source, manifest: manifest(output) }) };
    case 'sign':
      return { action: actions['sign-artifacts'], given: (_source, output) => ({ manifest: manifest(output), 'throw-away-key': 'true' }) };
  }
}
