/**
 * Inputs and outputs that several actions have, with one meaning: what differs is what the action does with them, which `description` says.
 */
import { integer, path, secret, text } from './spec.ts';

/** A file or folder that is written when it is named, wherever it lies. */
export const writtenPath = (description: string) => path({ optional: true, anywhere: true, defaultText: 'not written', description });

/** A token for which the job's own is taken on GitHub. */
export const jobTokenInput = (description: string) =>
  secret({ optional: true, jobToken: true, defaultText: "the job's token", description });

/** Name of an artifact. */
export const artifactInput = (description: string) => text({ optional: true, defaultText: 'nothing is uploaded', description });

/** Days that an artifact is kept, as far as GitHub keeps any. */
export const retentionInput = (defaultText: string, description: string) =>
  integer({ min: 1, max: 400, optional: true, defaultText, description });

export const jsonReportOutput = { description: 'Path of the JSON report, when one was asked for.' } as const;
export const junitOutput = { description: 'Path of the JUnit file, when one was asked for.' } as const;
