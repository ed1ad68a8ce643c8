import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionSpec } from '@release-kit/action';
import {
  renderActionYml,
  renderErrorCatalog,
  renderErrorsTable,
  renderInputsTable,
  renderOutputsTable,
  renderPermissionsTable,
  replaceRendered,
} from '@release-kit/action/render';
import { smokeReportSchema } from '@release-kit/action-install-smoke/report-schema';
import { lintReportSchema } from '@release-kit/action-lintian-check/report-schema';
import { verificationReportSchema } from '@release-kit/action-sign-artifacts/report-schema';
import { manPage, programPage, renderCommands, version } from '@release-kit/cli';
import { configSchema } from '@release-kit/config';
import { changelogSchema } from '@release-kit/history';
import { readSpecs } from './action-specs.ts';
import { renderBuildFailures } from './build-failures.ts';
import { renderConfigReference } from './config-reference.ts';
import { renderPipelineAction } from './pipeline-action.ts';
import { renderPlacementRules } from './placement-rules.ts';
import { renderPlacementShare } from './placement-share.ts';
import { referenceTables } from './reference.ts';
import { renderSmokeCategories } from './smoke-categories.ts';
import { troubleshootingTables } from './troubleshooting.ts';
import { workflowTables } from './workflow-tables.ts';

export interface RenderedFile {
  /** Relative to the root. */
  readonly path: string;
  /** undefined when the file cannot be rendered, with the reason. */
  readonly text: string | undefined;
  readonly problem?: string;
}

/** Everything that is rendered from the specs, the catalog and the schema, as it should be. */
export async function renderedFiles(root: string): Promise<readonly RenderedFile[]> {
  const specs = await readSpecs(root);
  const files: RenderedFile[] = [
    { path: 'action.yml', text: renderPipelineAction(specs) },
    { path: 'release-kit.schema.json', text: `${JSON.stringify(configSchema, undefined, 2)}\n` },
    { path: 'lintian-report.schema.json', text: `${JSON.stringify(lintReportSchema, undefined, 2)}\n` },
    { path: 'smoke-report.schema.json', text: `${JSON.stringify(smokeReportSchema, undefined, 2)}\n` },
    { path: 'changelog.schema.json', text: `${JSON.stringify(changelogSchema, undefined, 2)}\n` },
    { path: 'verification-report.schema.json', text: `${JSON.stringify(verificationReportSchema, undefined, 2)}\n` },
    { path: 'docs/errors.md', text: renderErrorCatalog() },
    { path: 'docs/build-failures.md', text: renderBuildFailures() },
  ];
  files.push({ path: 'docs/release-kit.1', text: manPage(programPage(), version) });
  files.push(await page(root, 'docs/commands.md', { commands: renderCommands(programPage()) }));
  files.push(await page(root, 'docs/lint-placement.md', { rules: renderPlacementRules(), share: await renderPlacementShare(root) }));
  const workflows = await workflowTables(root);
  files.push(await page(root, 'docs/workflows.md', workflows));
  files.push(await page(root, 'docs/reference.md', referenceTables(specs, workflows)));
  files.push(await page(root, 'docs/troubleshooting.md', { ...troubleshootingTables(), smoke: renderSmokeCategories() }));
  for (const [name, spec] of specs) {
    files.push({ path: `actions/${name}/action.yml`, text: renderActionYml(spec) });
    files.push(await readme(root, `actions/${name}/README.md`, spec, name === 'install-smoke' ? smokeTables() : {}));
  }
  return files;
}

function smokeTables(): Tables {
  return { config: renderConfigReference(configSchema.properties.smoke), categories: renderSmokeCategories() };
}

type Tables = Readonly<Record<string, string>>;

async function readme(root: string, path: string, spec: ActionSpec, more: Tables): Promise<RenderedFile> {
  return page(root, path, {
    ...more,
    permissions: renderPermissionsTable(spec),
    inputs: renderInputsTable(spec),
    outputs: renderOutputsTable(spec),
    errors: renderErrorsTable(spec),
  });
}

/** A page that people write around rendered tables. */
async function page(root: string, path: string, tables: Tables): Promise<RenderedFile> {
  const written = await readFile(join(root, path), 'utf8').catch(() => undefined);
  if (written === undefined) return { path, text: undefined, problem: 'is missing' };
  try {
    return { path, text: Object.entries(tables).reduce((text, [name, table]) => replaceRendered(text, name, table), written) };
  } catch (error) {
    return { path, text: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Paths that are not as they should be, each with what is wrong. */
export async function staleFiles(root: string): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { path, text, problem } of await renderedFiles(root)) {
    if (text === undefined) stale.push(`${path}: ${problem}`);
    else if ((await readFile(join(root, path), 'utf8').catch(() => undefined)) !== text) stale.push(`${path}: is stale`);
  }
  return stale;
}
