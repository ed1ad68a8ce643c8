/** One job of build-matrix's output, as far as a local run needs it. */
export interface PlannedJob {
  /** Name of the source package, as the plan calls it. */
  readonly package: string;
  /** Folder that holds debian/: absolute, or relative to the workspace. */
  readonly path: string;
  readonly distribution: string;
  readonly architecture: string;
  readonly strategy: string;
  /** Whether this job builds the packages of `Architecture: all`. */
  readonly buildAll: boolean;
}

const texts = ['package', 'path', 'distribution', 'architecture', 'strategy'] as const;

/** Reads the matrix JSON that build-matrix wrote. */
export function readMatrix(text: string): PlannedJob[] {
  const parsed: unknown = JSON.parse(text);
  const include = isRecord(parsed) ? parsed['include'] : undefined;
  if (!Array.isArray(include)) throw new TypeError('the matrix has no list "include"');
  return include.map((entry: unknown, index) => {
    const job = isRecord(entry) ? entry : {};
    const read = (field: (typeof texts)[number]): string => {
      const value = job[field];
      if (typeof value !== 'string') throw new TypeError(`include[${index}] has no ${field}`);
      return value;
    };
    const buildAll = job['build-all'];
    if (typeof buildAll !== 'boolean') throw new TypeError(`include[${index}] does not say build-all`);
    return {
      package: read('package'),
      path: read('path'),
      distribution: read('distribution'),
      architecture: read('architecture'),
      strategy: read('strategy'),
      buildAll,
    };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
