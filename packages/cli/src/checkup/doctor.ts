import { resolve } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { findCheckout } from '@release-kit/git';
import type { RunRecord } from '../record.ts';
import { type Finding, findingLine } from './finding.ts';
import { hostChecks } from './host-checks.ts';
import { repositoryChecks } from './repository-checks.ts';

export const doctorParts = ['machine', 'repository'] as const;

export type DoctorPart = (typeof doctorParts)[number];

export interface DoctorRequest {
  /** A folder of the repository. */
  readonly path: string;
  readonly parts: readonly DoctorPart[];
  /** Reads the rules of the repository on GitHub; without it they are not looked at. */
  readonly token: string | undefined;
}

/** Looks at this machine and at the repository, says everything it finds, and fails when something is missing or wrong. */
export async function doctor(
  { path, parts, token }: DoctorRequest,
  host: Host,
  record: RunRecord,
): Promise<Readonly<Record<string, unknown>>> {
  const checks: Finding[] = [];
  const tell = (findings: readonly Finding[]): void => {
    checks.push(...findings);
    for (const finding of findings) host.log.info(findingLine(finding));
  };
  if (parts.includes('machine')) await inStep('machine', async () => tell(await hostChecks(host)), record, host);
  if (parts.includes('repository')) await inStep('repository', async () => tell(await ofRepository(path, token, host)), record, host);
  record.attach('checks', checks);
  const bad = checks.filter(({ level }) => level === 'bad');
  if (bad.length > 0)
    throw new UserError(
      'E_DOCTOR',
      `${bad.length} of ${checks.length} checks failed: ${[...new Set(bad.map(({ name }) => name))].join(', ')}`,
      {
        cure: [...new Set(bad.map(({ cure, finding }) => cure ?? finding))].join('\n'),
      },
    );
  return {};
}

async function inStep(name: string, look: () => Promise<void>, record: RunRecord, host: Host): Promise<void> {
  await record.step(
    name,
    async () => {
      await look();
      return {};
    },
    host,
  );
}

async function ofRepository(path: string, token: string | undefined, host: Host): Promise<readonly Finding[]> {
  let root: string;
  try {
    root = await findCheckout(resolve(host.files.workspace, path));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ name: 'repository', level: 'note', finding: 'this folder is in no git checkout, so no repository was looked at' }];
  }
  return await repositoryChecks(root, token, host);
}
