import { mkdir, statfs } from 'node:fs/promises';
import { type Host, UserError } from '@release-kit/action';
import { chooseEngine, missingTools, sweepLeftovers } from '@release-kit/machine';
import type { RunRecord } from './record.ts';

/** Three base systems, their tarballs and a build fit in this. */
const wantedGigabytes = 6;

interface Check {
  readonly name: string;
  readonly good: boolean;
  readonly finding: string;
  readonly cure?: string;
}

/** Looks at everything the pipeline needs of this machine, says each, and fails when something is missing. */
export async function doctor(host: Host, record: RunRecord): Promise<Readonly<Record<string, unknown>>> {
  const checks: Check[] = [];
  await record.step(
    'doctor',
    async () => {
      checks.push(
        nodeCheck(),
        userCheck(),
        await toolsCheck(host),
        await engineCheck(host),
        await spaceCheck(host),
        await leftoverCheck(host),
      );
      for (const check of checks) host.log.info(`${check.good ? 'good' : 'BAD '}  ${check.name}: ${check.finding}`);
      const bad = checks.filter((check) => !check.good);
      if (bad.length > 0)
        throw new UserError('E_DOCTOR', `${bad.length} of ${checks.length} checks failed: ${bad.map((check) => check.name).join(', ')}`, {
          cure: bad.map((check) => check.cure ?? check.finding).join('\n'),
        });
      return {};
    },
    host,
  );
  return { checks };
}

function nodeCheck(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    name: 'node',
    good: major >= 24,
    finding: `Node ${process.versions.node}`,
    cure: 'Start by scripts/release-kit, which brings Node 24.',
  };
}

function userCheck(): Check {
  const root = process.getuid?.() === 0;
  return {
    name: 'user',
    good: root,
    finding: root ? 'root' : 'not root: clean machines need mounts and namespaces',
    cure: 'Run with sudo.',
  };
}

async function toolsCheck(host: Host): Promise<Check> {
  const missing = await missingTools(host);
  if (missing.length === 0) return { name: 'tools', good: true, finding: 'everything is installed' };
  return {
    name: 'tools',
    good: false,
    finding: missing.map((tool) => `${tool.program} is missing (${tool.why})`).join('; '),
    cure: `Install ${[...new Set(missing.map((tool) => tool.package))].join(', ')}: release-kit setup-cross does.`,
  };
}

async function engineCheck(host: Host): Promise<Check> {
  try {
    const { engine, reason } = await chooseEngine(host, 'auto');
    return { name: 'engine', good: true, finding: `${engine}: ${reason}` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name: 'engine', good: false, finding: error.message, cure: error.cure };
  }
}

async function spaceCheck(host: Host): Promise<Check> {
  await mkdir(host.files.cache, { recursive: true });
  const { bavail, bsize } = await statfs(host.files.cache);
  const gigabytes = Math.floor((bavail * bsize) / 1e9);
  return {
    name: 'disk',
    good: gigabytes >= wantedGigabytes,
    finding: `${gigabytes} GB free for ${host.files.cache}`,
    cure: `Free ${wantedGigabytes} GB, or name another folder in RELEASE_KIT_CACHE.`,
  };
}

async function leftoverCheck(host: Host): Promise<Check> {
  const swept = await sweepLeftovers(host);
  return { name: 'leftovers', good: true, finding: swept.length === 0 ? 'none' : `removed ${swept.length} left by killed runs` };
}
