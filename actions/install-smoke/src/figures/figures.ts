/** What was measured in a track; what was not is left out. */
export interface Figures {
  /** Milliseconds from the start of apt until the packages are installed, dependencies not counted. */
  readonly install?: number;
  /** Milliseconds from its start until the slowest service was active. */
  readonly active?: number;
  /** Milliseconds from the end of the installation until all health checks are good. */
  readonly healthy?: number;
  /** Resident bytes of all processes of the packages' units at rest. */
  readonly memory?: number;
  /** Share of one processor that they use at rest: 0.01 is one percent. */
  readonly processor?: number;
  /** Bytes on disk that the installation added. */
  readonly disk?: number;
}
