import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary.ts';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
}

/** Starts a small action as a runner does: its own Node, inputs by environment, files for outputs and summary. */
export async function runProbe(
  body: string,
  env: Readonly<Record<string, string>> = {},
  during?: (text: string, probe: { readonly kill: (signal: NodeJS.Signals) => void; readonly hangUp: () => void }) => void,
): Promise<Ended> {
  await using folder = await temporaryFolder('/tmp', 'runner-test');
  const place = folder.path;
  mkdirSync(join(place, 'workspace'));
  mkdirSync(join(place, 'temp'));
  for (const name of ['output', 'summary']) writeFileSync(join(place, name), '');
  writeFileSync(join(place, 'body'), body);
  const child = spawn(
    process.execPath,
    ['--conditions=release-kit:source', '--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', program],
    {
      cwd: join(place, 'workspace'),
      env: {
        PATH: process.env['PATH'],
        HOME: place,
        FRAME: join(import.meta.dirname, '..'),
        BODY: join(place, 'body'),
        GITHUB_WORKSPACE: join(place, 'workspace'),
        RUNNER_TEMP: join(place, 'temp'),
        GITHUB_OUTPUT: join(place, 'output'),
        GITHUB_STEP_SUMMARY: join(place, 'summary'),
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    during?.(text, { kill: (signal) => child.kill(signal), hangUp: () => child.stdin.end() });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    exitCode,
    stdout,
    stderr,
    outputs: readOutputs(readFileSync(join(place, 'output'), 'utf8')),
    summary: readFileSync(join(place, 'summary'), 'utf8'),
  };
}

const program = `
const { readFileSync } = await import('node:fs');
const frame = await import(process.env.FRAME + '/index.ts');
const { text, secret, runOnRunner, defineAction } = frame;
const spec = defineAction({ name: 'probe', description: 'Probes.', permissions: [], errors: [],
  inputs: { word: text({ default: 'none', description: 'A word.' }), key: secret({ optional: true, description: 'A key.' }) },
  outputs: { first: { description: 'First.' }, 'second-one': { description: 'Second.' } } });
const body = new Function('inputs', 'host', 'frame', 'return (async () => {' + readFileSync(process.env.BODY, 'utf8') + '})()');
await runOnRunner(spec, (inputs, host) => body(inputs, host, frame));
`;

/** As actions/runner reads them, FileCommandManager: \`name=value\`, or \`name<<delimiter\` up to a line that is the delimiter. */
function readOutputs(text: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, name = '', delimiter = ''] = /^([^=]*?)<<(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`not a heredoc: ${line}`);
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`no end of ${name}`);
    outputs.set(name, lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return outputs;
}
