import { inertLine, UserError } from '@release-kit/action';

/** What came of one job of a matrix. */
export interface Leg {
  /** As build-matrix names it: `hello-debian-12-amd64`. */
  readonly name: string;
  readonly package: string;
  readonly distribution: string;
  readonly architecture: string;
  readonly artifact: string;
  /** SHA-256 of its manifest; undefined when it built nothing. */
  readonly digest: string | undefined;
  /** Checks that did not pass. */
  readonly failed: readonly Check[];
  /** What came of all jobs of its stage. */
  readonly stage: string;
}

export type Check = 'lintian-check' | 'install-smoke';

const fields = ['name', 'package', 'distribution', 'architecture', 'artifact'] as const;

/**
 * The jobs of the plan (`stages`), with what each of them said in its output `leg-<n>`, n being its place in the matrix of its stage: the outcomes of
 * lintian-check and install-smoke, and the digest of the manifest. `needs` holds the stages as `build`, `build-2` and so on. Throws E_INPUT.
 */
export function readLegs(stages: string, needs: string): readonly Leg[] {
  const plan = parsed('stages', stages);
  const jobs = parsed('needs', needs);
  if (!Array.isArray(plan)) throw wrong('stages', 'it is no list');
  return plan.flatMap((matrix: unknown, stage) => {
    const include = property(matrix, 'include');
    if (!Array.isArray(include)) throw wrong('stages', `the matrix ${stage} has no list "include"`);
    const name = stage === 0 ? 'build' : `build-${stage + 1}`;
    const job = property(jobs, name);
    const result = property(job, 'result');
    if (typeof result !== 'string') throw wrong('needs', `it has no result of the job ${name}`);
    return include.map((leg: unknown, index) => readLeg(leg, property(property(job, 'outputs'), `leg-${index}`), result));
  });
}

function readLeg(leg: unknown, report: unknown, stage: string): Leg {
  const [name, owner, distribution, architecture, artifact] = fields.map((field) => {
    const value = property(leg, field);
    if (typeof value !== 'string' || value === '') throw wrong('stages', `a job has no ${field}`);
    return value;
  });
  const [, lint, smoke, digest] = (typeof report === 'string' && /^([a-z]*) ([a-z]*) ([0-9a-f]{64})$/.exec(report)) || [];
  // What a later job tries along is not tried by itself.
  const tried = property(leg, 'smoke') !== false || smoke !== 'skipped';
  const failed = [
    ...(lint === 'success' ? [] : ['lintian-check' as const]),
    ...(smoke === 'success' || !tried ? [] : ['install-smoke' as const]),
  ];
  return {
    name: name ?? '',
    package: owner ?? '',
    distribution: distribution ?? '',
    architecture: architecture ?? '',
    artifact: artifact ?? '',
    digest,
    failed: digest === undefined ? [] : failed,
    stage,
  };
}

function parsed(input: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(input, 'it is no JSON', cause);
  }
}

function wrong(input: string, why: string, cause?: unknown): UserError {
  return new UserError('E_INPUT', `input ${input} is not what it should be: ${inertLine(why)}`, {
    cause,
    cure:
      input === 'needs'
        ? 'Hand over toJSON(needs), in a job that needs build, build-2 and build-3.'
        : "Hand over build-matrix's output stages.",
  });
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
