import type { Argv } from '@release-kit/action';
import { jsonIn, UserError } from '@release-kit/action';
import type { InstallPlan, MachineRun } from '../package-manager.ts';
import { ProblemError } from '../problem.ts';
import { problemOf } from './apt-call.ts';
import { planFile } from './dependencies.ts';

const script = `cat "$0" && "$@" >&2`;

/** Reads what was written when the dependencies were installed, and makes apt read the index of the packages. */
export async function readPlan(run: MachineRun, update: Argv, timeout: number): Promise<InstallPlan> {
  const { exitCode, stdout, stderr } = await run(['/bin/sh', '-c', script, planFile, ...update], { allow: 'any', timeout, env: {} });
  if (exitCode !== 0) throw new ProblemError(problemOf('install', stderr));
  return parsePlan(stdout);
}

/** Throws E_MACHINE for what is no plan. */
export function parsePlan(text: string): InstallPlan {
  const value = jsonIn(text);
  if (typeof value === 'object' && value !== null && 'dependencies' in value && 'removed' in value && 'absent' in value) {
    const { dependencies, removed, absent } = value;
    if (isNames(dependencies) && isNames(removed) && isNames(absent)) return { dependencies, removed, absent };
  }
  throw new UserError('E_MACHINE', 'what the dependencies are is not in the machine');
}

const isNames = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
