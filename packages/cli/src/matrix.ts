/** One job of build-matrix's output, as far as a local run needs it. */
export interface PlannedJob {
  /** Folder of the package, from the workspace where it is inside. */
  readonly path: string;
  readonly distribution: string;
  readonly architecture: string;
}

/** Reads the matrix JSON that build-matrix wrote. */
export function readMatrix(text: string): PlannedJob[] {
  const parsed: unknown = JSON.parse(text);
  const include = isRecord(parsed) ? parsed['include'] : undefined;
  if (!Array.isArray(include)) throw new TypeError('the matrix has no list "include"');
  return include.map((entry: unknown, index) => {
    const { path, distribution, architecture } = isRecord(entry) ? entry : {};
    if (typeof path !== 'string' || typeof distribution !== 'string' || typeof architecture !== 'string')
      throw new TypeError(`include[${index}] has no path, distribution or architecture`);
    return { path, distribution, architecture };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
