import { registerHooks } from 'node:module';
import { parse } from 'yaml';
import { type JobDefinition, readJob } from './definitions.ts';
import { type Json, type JsonObject, objectOf, textOf, textsOf, toJson } from './json.ts';

/** What GitHub refuses before any job starts: "Invalid workflow file". */
export class InvalidWorkflow extends Error {
  override readonly name = 'InvalidWorkflow';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export interface WorkflowFile {
  /** Inside its repository. */
  readonly path: string;
  readonly name: string;
  readonly runName: Json | undefined;
  /** Event -> its settings. */
  readonly on: JsonObject;
  readonly env: JsonObject;
  readonly defaults: JsonObject;
  readonly permissions: Json | undefined;
  readonly concurrency: Json | undefined;
  readonly jobs: ReadonlyMap<string, JobDefinition>;
}

/** Reads a workflow after GitHub's own parser found it right. Throws InvalidWorkflow with all of the parser's problems. */
export async function readWorkflow(content: string, path: string): Promise<WorkflowFile> {
  await refuse(content, path);
  const workflow = objectOf(toJson(parse(content, { merge: false })), path);
  const on = workflow['on'];
  const events =
    typeof on === 'string' || Array.isArray(on)
      ? Object.fromEntries(textsOf(on, 'on').map((event) => [event, {}]))
      : objectOf(on, `${path}: on`);
  const defaults = objectOf(objectOf(workflow['defaults'], `${path}: defaults`)['run'], `${path}: defaults.run`);
  return {
    path,
    name: workflow['name'] === undefined ? path : textOf(workflow['name'], `${path}: name`),
    runName: workflow['run-name'],
    on: events,
    env: objectOf(workflow['env'], `${path}: env`),
    defaults,
    permissions: workflow['permissions'],
    concurrency: workflow['concurrency'],
    jobs: new Map(Object.entries(objectOf(workflow['jobs'], `${path}: jobs`)).map(([id, job]) => [id, readJob(id, job)] as const)),
  };
}

async function refuse(content: string, path: string): Promise<void> {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await parser();
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  const problems = new Set(context.errors.getErrors().map(({ message }) => message));
  if (value !== undefined && problems.size === 0) {
    const template = await convertWorkflowTemplate(context, value);
    for (const { Message } of template.errors ?? []) problems.add(Message);
  }
  if (problems.size > 0) throw new InvalidWorkflow([...problems]);
}

let hooked = false;

/** The parser imports its schemas without saying that they are JSON, which Node refuses. */
async function parser(): Promise<typeof import('@actions/workflow-parser')> {
  // Jest has its own loader, which takes them as they are.
  if (!hooked && process.env['JEST_WORKER_ID'] === undefined) {
    hooked = true;
    registerHooks({
      load: (url, context, next) =>
        next(
          url,
          url.includes('/@actions/') && url.endsWith('.json')
            ? { ...context, importAttributes: { ...context.importAttributes, type: 'json' } }
            : context,
        ),
    });
  }
  return import('@actions/workflow-parser');
}
