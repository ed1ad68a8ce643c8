import { readdirSync, readFileSync } from 'node:fs';
import { codeOf } from '@release-kit/action';

/** What runs for the sake of the package, whoever started it. */
export type Work = 'compiling' | 'lintian' | 'apt';

/** What the steps of a job did at a moment. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** GITHUB_WORKSPACE of the step. */
  readonly workspace: string;
  readonly work: Work | undefined;
}

export interface Watch extends Disposable {
  readonly samples: readonly Sample[];
  /** Milliseconds from one look to the next. */
  readonly every: number;
}

/** The kernel cuts names of programs at 15 bytes; lintian names itself by its path. The first that is found below a step counts. */
const programs: Readonly<Record<Work, readonly string[]>> = {
  compiling: ['dpkg-buildpacka', 'dpkg-source', 'dpkg-genbuildin'],
  lintian: ['lintian', '/usr/share/lint'],
  apt: ['apt-get', 'apt', 'dpkg', 'mmdebstrap'],
};

/** Looks every so often at all processes below this one, by the kernel's own lists: also at those in machines, whose names are the same outside. */
export function watchWork(every = 100): Watch {
  const samples: Sample[] = [];
  const workspaces = new Map<number, string>();
  const timer = setInterval(() => {
    for (const pid of childrenOf(process.pid)) {
      const known = workspaces.get(pid);
      const workspace = known ?? workspaceOf(pid);
      if (workspace === undefined) continue;
      workspaces.set(pid, workspace);
      samples.push({ at: Date.now(), workspace, work: workOf(namesBelow(pid)) });
    }
  }, every);
  return { samples, every, [Symbol.dispose]: () => clearInterval(timer) };
}

export function workOf(names: ReadonlySet<string>): Work | undefined {
  const order = ['compiling', 'lintian', 'apt'] as const;
  return order.find((work) => programs[work].some((program) => names.has(program)));
}

function namesBelow(pid: number): ReadonlySet<string> {
  const names = new Set<string>();
  const open = [...childrenOf(pid)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    names.add(readOf(next, 'comm').trim());
    open.push(...childrenOf(next));
  }
  return names;
}

function childrenOf(pid: number): readonly number[] {
  return threadsOf(pid).flatMap((thread) =>
    readOf(pid, `task/${thread}/children`)
      .split(' ')
      .filter((text) => text !== '')
      .map(Number),
  );
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    return ended(error, []);
  }
}

function workspaceOf(pid: number): string | undefined {
  const variables = readOf(pid, 'environ').split('\0');
  return variables.find((variable) => variable.startsWith('GITHUB_WORKSPACE='))?.slice('GITHUB_WORKSPACE='.length);
}

function readOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    return ended(error, '');
  }
}

/** A process may end while we look. */
function ended<T>(error: unknown, nothing: T): T {
  if (['ENOENT', 'ESRCH', 'EACCES'].includes(codeOf(error) ?? '')) return nothing;
  throw error;
}
