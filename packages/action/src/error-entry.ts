export interface ErrorEntry {
  /** `usage`: wrong input, config or set-up (exit 2). `failure`: a check or command failed (exit 1). */
  readonly kind: 'usage' | 'failure';
  readonly cause: string;
  readonly cure: string;
}

export const usage = (cause: string, cure: string): ErrorEntry => ({ kind: 'usage', cause, cure });
export const failure = (cause: string, cure: string): ErrorEntry => ({ kind: 'failure', cause, cure });
