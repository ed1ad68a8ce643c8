import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ValidationConfig } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';

/** The repository's own name in callers; the actions and workflows of this tree stand for it. */
const own = { owner: 'release-kit', name: 'release-kit' } as const;

type Fetch = NonNullable<ValidationConfig['actionsMetadataProvider']>['fetchActionMetadata'];
type Metadata = NonNullable<Awaited<ReturnType<Fetch>>>;

let texts = 0;

/**
 * What GitHub's own editor says of a workflow or of an action.yml: `line: message` each. Our actions and workflows are resolved in the tree `root`, so that
 * names of inputs, outputs and secrets are compared with what they declare; actions of others are taken to have any.
 */
export async function lintWorkflow(path: string, text: string, root: string): Promise<readonly string[]> {
  const { validate } = await import('@actions/languageservice');
  // It remembers texts by their address.
  texts += 1;
  const known = text.replace(/(uses:\s+)\.\/dist\/([a-z-]+)/g, `$1${own.owner}/${own.name}/$2@local`);
  const document = TextDocument.create(`file:///${texts}/${path}`, 'yaml', 1, known);
  const found = await validate(document, configOf(root));
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

function configOf(root: string): ValidationConfig {
  return {
    actionsMetadataProvider: { fetchActionMetadata: (action) => metadataOf(action, root) },
    fileProvider: {
      async getFileContent(reference) {
        if ('repository' in reference && (reference.owner !== own.owner || reference.repository !== own.name))
          throw new Error(`${reference.owner}/${reference.repository} is not at hand`);
        return { name: reference.path, content: await readFile(join(root, reference.path), 'utf8') };
      },
    },
  };
}

async function metadataOf({ owner, name, path }: Parameters<Fetch>[0], root: string): Promise<Metadata | undefined> {
  if (owner !== own.owner || name !== own.name) return { name, description: '' };
  const file = join(root, path === undefined ? 'action.yml' : join('actions', path, 'action.yml'));
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  const read: unknown = parse(content);
  return isMetadata(read) ? read : undefined;
}

function isMetadata(value: unknown): value is Metadata {
  return typeof value === 'object' && value !== null && 'name' in value && 'description' in value;
}
