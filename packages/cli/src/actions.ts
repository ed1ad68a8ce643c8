import type { ActionSpec, Host } from '@release-kit/action';
import { readInputs } from '@release-kit/action';
import * as attestPackages from '@release-kit/action-attest-packages';
import * as buildDeb from '@release-kit/action-build-deb';
import * as buildMatrix from '@release-kit/action-build-matrix';
import * as changelog from '@release-kit/action-changelog';
import * as draftRelease from '@release-kit/action-draft-release';
import * as installSmoke from '@release-kit/action-install-smoke';
import * as lintianCheck from '@release-kit/action-lintian-check';
import * as setupCross from '@release-kit/action-setup-cross';
import * as signArtifacts from '@release-kit/action-sign-artifacts';

/** An action as the command line sees it: texts by input name in, texts by output name (camelCase) out. */
export interface RunnableAction {
  readonly spec: ActionSpec;
  /** `names`: what people wrote instead of `--<input>`, by input, for messages. */
  run(
    given: Readonly<Record<string, string>>,
    host: Host,
    names?: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, string>>>;
}

/** The same `run` functions that GitHub starts; inputs go through the same reader. */
function runnable<S extends ActionSpec>(action: {
  spec: S;
  run: (inputs: ReturnType<typeof readInputs<S>>, host: Host) => Promise<Readonly<Record<string, string>>>;
}): RunnableAction {
  return {
    spec: action.spec,
    run: (given, host, names = {}) => {
      const nameOf = (input: string): string => names[input] ?? `--${input}`;
      return action.run(readInputs(action.spec, given, { workspace: host.files.workspace, nameOf }), host);
    },
  };
}

export const actions = {
  'build-matrix': runnable(buildMatrix),
  'setup-cross': runnable(setupCross),
  'build-deb': runnable(buildDeb),
  'lintian-check': runnable(lintianCheck),
  'install-smoke': runnable(installSmoke),
  changelog: runnable(changelog),
  'sign-artifacts': runnable(signArtifacts),
  'attest-packages': runnable(attestPackages),
  'draft-release': runnable(draftRelease),
} as const satisfies Record<string, RunnableAction>;

export type ActionName = keyof typeof actions;
