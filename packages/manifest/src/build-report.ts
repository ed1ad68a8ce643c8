import { writeWhole } from '@release-kit/action';

/** What a phase of a build took: seconds, bytes. A field that is not there was not counted on that host. */
export interface PhaseUse {
  readonly phase: string;
  readonly seconds: number;
  /** Of all processors together. */
  readonly cpuSeconds?: number;
  /** The most at any moment, caches of files included; only of phases that needed more than all before them. */
  readonly peakMemory?: number;
  readonly diskRead?: number;
  readonly diskWritten?: number;
  /** Over the host's interfaces, while the phase had the network. */
  readonly networkReceived?: number;
  readonly networkSent?: number;
}

/** Why a build failed. */
export interface ReportedFailure {
  readonly code: string;
  /** One line, inert. */
  readonly message: string;
  /** `debian/control:3` */
  readonly place?: string;
  /** Of docs/build-failures.md, when the failure is known. */
  readonly failure?: string;
  readonly category?: string;
  readonly cure: string;
}

/**
 * How a build went. It lies beside its log and not in the manifest: measured times differ from run to run, and the same input has to
 * give the same manifest, whose digest other jobs expect.
 */
export interface BuildReport {
  readonly schema: 1;
  readonly distribution: string;
  readonly architecture: string;
  readonly strategy: string;
  readonly outcome: 'built' | 'failed';
  readonly failure?: ReportedFailure;
  readonly phases: readonly PhaseUse[];
  /** The command that builds the same on another machine. */
  readonly reproduce: string;
}

const count = { type: 'number', minimum: 0 } as const;
const word = { type: 'string', minLength: 1, maxLength: 100 } as const;
const text = { type: 'string', maxLength: 10_000 } as const;

/** JSON Schema of a build report; unknown keys are allowed, so that older readers take newer reports. */
export const buildReportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'release-kit build report',
  type: 'object',
  required: ['schema', 'distribution', 'architecture', 'strategy', 'outcome', 'phases', 'reproduce'],
  properties: {
    schema: { const: 1 },
    distribution: word,
    architecture: word,
    strategy: word,
    outcome: { enum: ['built', 'failed'] },
    failure: {
      type: 'object',
      required: ['code', 'message', 'cure'],
      properties: { code: word, message: text, place: text, failure: word, category: word, cure: text },
    },
    phases: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['phase', 'seconds'],
        properties: {
          phase: word,
          seconds: count,
          cpuSeconds: count,
          peakMemory: count,
          diskRead: count,
          diskWritten: count,
          networkReceived: count,
          networkSent: count,
        },
      },
    },
    reproduce: text,
  },
} as const;

/** Writes the report as JSON with two blanks of indentation. Errors as `storageError`. */
export async function writeBuildReport(file: string, report: BuildReport): Promise<void> {
  await writeWhole(file, `${JSON.stringify(report, undefined, 2)}\n`);
}
