import type { Host, Summary, TerminalHost, TerminalStream } from '@release-kit/action';

/** What the command line stands in; passed in, so that tests can run it without a terminal. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: TerminalStream;
  readonly stderr: TerminalStream;
  /** Absolute. */
  readonly cwd: string;
}

/** A host whose summary can be read back, to be kept in a file. */
export type ReadableHost = Host & { readonly summary: Summary & { readonly text: string } };

/** The host of a terminal, with what is needed to write past it. */
export type PrintingHost = ReadableHost & Pick<TerminalHost, 'redact'>;
