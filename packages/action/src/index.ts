export { maxMessageCharacters, maxPerLevel } from './annotation.ts';
export { artifactName } from './artifact-name.ts';
export { defaultRetention } from './artifact-retention.ts';
export { interruptSignal } from './base-host.ts';
export type { Argv, Exec, ExecOptions, ExecResult } from './command.ts';
export { forbidCoreDumps } from './core-dump.ts';
export { cutText } from './cut-text.ts';
export { CommandError, type ErrorCode, type ErrorEntry, errorCatalog, exitCodeOf, firstErrorOf, type Place, UserError } from './errors.ts';
export type {
  Annotation,
  AnnotationLevel,
  ArtifactOptions,
  Artifacts,
  Clock,
  Files,
  GitHubContext,
  Host,
  Log,
  Progress,
  RemoteCache,
  StepState,
  Summary,
  TemporaryFolder,
  UploadedArtifact,
} from './host.ts';
export { type HurriedClock, hurriedClock } from './hurried-clock.ts';
export { codeBlock, codeSpan, inertLine, inertMarkdown, inertText } from './inert.ts';
export { innerFolder } from './inner-folder.ts';
export { innerPath } from './inner-path.ts';
export { type InputContext, readDuration, readInputs } from './inputs.ts';
export { isInside, leadsOut } from './inside.ts';
export { type Schema, schemaOf } from './json-schema.ts';
export { jsonIn } from './json-text.ts';
export { refuseMountPoint } from './mount-point.ts';
export { nearest } from './nearest.ts';
export { type PacketHead, packetHead } from './packet-head.ts';
export { matches, selects } from './path-pattern.ts';
export { pool } from './pool.ts';
export { type Recording, type RecordingHost, type RecordingOptions, recordingHost } from './recording-host.ts';
export { type Report, reportError } from './report.ts';
export { prepareReports, type ReportFile, writeReports } from './report-files.ts';
export { type Post, type Run, runOnRunner } from './run-on-runner.ts';
export type { RunnerServices } from './runner-host.ts';
export { askSecret } from './secret-question.ts';
export { shortestMasked } from './secrets.ts';
export { shellWord } from './shell-word.ts';
export { inWorkspace, type PathOf, type SourceLink, sourceLinks, uriPath } from './source-link.ts';
export {
  type ActionSpec,
  boolean,
  camelCase,
  defineAction,
  duration,
  glob,
  type InputSpec,
  type InputsOf,
  integer,
  list,
  type OutputsOf,
  oneOf,
  path,
  problemOutput,
  secret,
  text,
} from './spec.ts';
export { type Cap, capped, cell, code, folded, linkedCode, table } from './summary-parts.ts';
export { codeOf, refusalOf } from './system-error.ts';
export { isTemporary, temporaryFolder } from './temporary.ts';
export { hasTerminal } from './terminal-device.ts';
export { type TerminalHost, type TerminalOptions, type TerminalStream, terminalHost } from './terminal-host.ts';
export { artifactInput, jobTokenInput, jsonReportOutput, junitOutput, retentionInput, writtenPath } from './usual-inputs.ts';
export { storageError, storing, type WholeFile, writeTogether, writeWhole } from './whole-file.ts';
export { xmlAttributes, xmlText } from './xml-text.ts';
