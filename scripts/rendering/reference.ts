import type { ActionSpec } from '@release-kit/action';
import { cell, markdownTable, renderInputsTable, renderOutputsTable } from '@release-kit/action/render';
import { programPage } from '@release-kit/cli';
import { configSchema } from '@release-kit/config';
import { renderConfigReference } from './config-reference.ts';

/** Variables that are no inputs: of the command line as its manual has them, and of runners. */
const ofRunners = [
  ['RELEASE_KIT_REMOTE_CACHE', 'of a job: none keeps GitHub’s cache out, as runs of tags do by themselves'],
  ['RELEASE_KIT_FULCIO_URL', 'of a runner: the certificate authority of a Sigstore of your own, for attest-packages'],
  ['RELEASE_KIT_REKOR_URL', 'of a runner: its public log'],
  ['RELEASE_KIT_TIMESTAMP_URL', 'of a runner: its service of timestamps'],
  ['DEBFULLNAME, DEBEMAIL', 'who signs new entries of debian/changelog, when neither input nor configuration says so'],
  ['SOURCE_DATE_EPOCH', 'the time of a new entry of debian/changelog; by default that of the commit'],
] as const;

/** The tables of docs/reference.md, by the names of their markers. */
export function referenceTables(
  specs: ReadonlyMap<string, ActionSpec>,
  workflows: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    actions: [...specs].map(([name, spec]) => actionPart(name, spec)).join('\n\n'),
    workflows: Object.entries(workflows)
      .filter(([marker]) => /-(?:inputs|secrets)$/.test(marker))
      .map(([marker, table]) => `### ${marker.replace(/-(inputs|secrets)$/, '.yml: $1')}\n\n${table}`)
      .join('\n\n'),
    config: renderConfigReference(configSchema),
    environment: markdownTable(
      ['Variable', 'What it is for'],
      [...programPage().environment.map(({ word, about }) => [word, about] as const), ...ofRunners].map(([word, about]) => [
        `\`${word}\``,
        cell(about),
      ]),
    ),
  };
}

function actionPart(name: string, spec: ActionSpec): string {
  const head = `### ${name}\n\n${cell(spec.description)} [README](../actions/${name}/README.md)`;
  return [head, renderInputsTable(spec), renderOutputsTable(spec)].join('\n\n');
}
