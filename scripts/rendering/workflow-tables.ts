import { codeSpan } from '@release-kit/action';
import { cell, markdownTable } from '@release-kit/action/render';
import { publicWorkflowNames, readPublicWorkflow } from './public-workflow.ts';

/** The tables of docs/workflows.md, by the names of their markers: what each workflow declares, and what its callers grant. */
export async function workflowTables(root: string): Promise<Readonly<Record<string, string>>> {
  const tables: Record<string, string> = {};
  for (const name of await publicWorkflowNames(root)) {
    const { inputs, secrets, outputs, grants } = await readPublicWorkflow(root, name);
    tables[`${name}-inputs`] = markdownTable(
      ['Input', 'Type', 'Default', 'Description'],
      inputs.map((input) => [
        codeSpan(input.name),
        input.type,
        input.default === '' ? '' : codeSpan(input.default),
        cell(input.description),
      ]),
    );
    if (secrets.length > 0)
      tables[`${name}-secrets`] = markdownTable(
        ['Secret', 'Description'],
        secrets.map((secret) => [codeSpan(secret.name), cell(secret.description)]),
      );
    tables[`${name}-outputs`] = markdownTable(
      ['Output', 'Description'],
      outputs.map((output) => [codeSpan(output.name), cell(output.description)]),
    );
    tables[`${name}-permissions`] = markdownTable(
      ['Permission', 'Jobs, and what for'],
      grants.map(({ permission, access, reasons }) => [codeSpan(`${permission}: ${access}`), cell(reasons.join('; '))]),
    );
  }
  return tables;
}
