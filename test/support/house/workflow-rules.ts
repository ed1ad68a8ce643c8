import { parse } from 'yaml';
import type { Problems, SourceTree } from './source-tree.ts';
import { numbered } from './source-tree.ts';

const longestScript = 5;
const forbidden = [
  /\bpull_request_target\b/,
  /\bworkflow_run\b/,
  /secrets:\s*inherit\b/,
  /ACTIONS_ALLOW_UNSECURE_COMMANDS/,
  /\bwrite-all\b/,
  /\bread-all\b/,
];

/** Rules of docs/threat-model.md that a workflow's text shows; composite actions keep those that apply to steps. */
export function workflowProblems(tree: SourceTree): Problems {
  return [...tree].flatMap(([path, text]) => {
    if (/^(\.github|examples)\/workflows\/[^/]+\.ya?ml$/.test(path)) return [...lineProblems(path, text), ...structureProblems(path, text)];
    return /(^|\/)action\.ya?ml$/.test(path) && !path.startsWith('test/') ? lineProblems(path, text, true) : [];
  });
}

function lineProblems(path: string, text: string, composite = false): Problems {
  return numbered(text).flatMap(([line, content]) => {
    const problems: string[] = [];
    if (/^\s*#/.test(content)) return problems;
    for (const pattern of forbidden)
      if (pattern.test(content)) problems.push(`${pattern.source.replaceAll('\\b', '').replace('\\s*', ' ')} is not allowed`);
    const uses = /^\s*(?:-\s+)?["']?uses["']?:\s*(\S+)(.*)$/.exec(content);
    if (uses !== null && !composite) problems.push(...usesProblems(uses[1] ?? '', uses[2] ?? '', path));
    const permission = /^\s+[a-z-]+:\s*(read|write)\s*(#.*)?$/.exec(content);
    if (permission !== null && permission[2] === undefined) problems.push('a grant says why in a comment');
    return problems.map((problem) => `${path}:${line}: ${problem}`);
  });
}

/** What comes from outside is named by a full commit and says the version it was. */
function usesProblems(reference: string, rest: string, path: string): readonly string[] {
  if (reference.startsWith('./') || reference.startsWith('$/')) return [];
  // Examples show the tag that moves with each release, and say that a full commit pins all of it.
  if (path.startsWith('examples/') && /^release-kit\/release-kit\/[\w./-]+@v\d+$/.test(reference)) return [];
  const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(reference);
  return [
    ...(pinned ? [] : [`${reference} is not pinned by a full commit`]),
    ...(/^\s+#\s*v\d+(\.\d+)*\s*$/.test(rest) ? [] : [`${reference} says no version in a comment`]),
  ];
}

function structureProblems(path: string, text: string): Problems {
  const workflow: unknown = parse(text);
  const problems: string[] = [];
  const permissions = property(workflow, 'permissions');
  if (typeof permissions !== 'object' || permissions === null || Object.keys(permissions).length > 0)
    problems.push('permissions: {} must stand on top');
  for (const [name, job] of Object.entries(Object(property(workflow, 'jobs')))) {
    if (property(job, 'uses') === undefined && property(job, 'timeout-minutes') === undefined)
      problems.push(`job ${name} has no timeout-minutes`);
    const steps = property(job, 'steps');
    for (const step of Array.isArray(steps) ? steps : []) {
      const run = property(step, 'run');
      if (typeof run !== 'string') continue;
      if (run.includes('${{')) problems.push(`job ${name}: an expression inside run: is code from strangers; pass it by env`);
      if (run.trimEnd().split('\n').length > longestScript)
        problems.push(`job ${name}: a script of more than ${longestScript} lines belongs into a file`);
    }
  }
  return problems.map((problem) => `${path}: ${problem}`);
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
