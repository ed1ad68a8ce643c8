import { mkdir, statfs } from 'node:fs/promises';
import { type Host, UserError } from '@release-kit/action';
import { chooseEngine, missingTools, sweepLeftovers } from '@release-kit/machine';
import type { Finding } from './finding.ts';

/** Three base systems, their tarballs and a build fit in this. */
const wantedGigabytes = 6;

/** Looks at everything the pipeline needs of this machine. */
export async function hostChecks(host: Host): Promise<readonly Finding[]> {
  return [nodeCheck(), userCheck(), await toolsCheck(host), await engineCheck(host), await spaceCheck(host), await leftoverCheck(host)];
}

function nodeCheck(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    name: 'node',
    level: level(major >= 24),
    finding: `Node ${process.versions.node}`,
    cure: 'Start by scripts/release-kit, which brings Node 24.',
  };
}

function userCheck(): Finding {
  const root = process.getuid?.() === 0;
  return {
    name: 'user',
    level: level(root),
    finding: root ? 'root' : 'not root: clean machines need mounts and namespaces',
    cure: 'Run with sudo.',
  };
}

async function toolsCheck(host: Host): Promise<Finding> {
  const missing = await missingTools(host);
  if (missing.length === 0) return { name: 'tools', level: 'good', finding: 'everything is installed' };
  return {
    name: 'tools',
    level: 'bad',
    finding: missing.map((tool) => `${tool.program} is missing (${tool.why})`).join('; '),
    cure: `Install ${[...new Set(missing.map((tool) => tool.package))].join(', ')}: release-kit setup-cross does.`,
  };
}

async function engineCheck(host: Host): Promise<Finding> {
  try {
    const { engine, reason } = await chooseEngine(host, 'auto');
    return { name: 'engine', level: 'good', finding: `${engine}: ${reason}` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { name: 'engine', level: 'bad', finding: error.message, cure: error.cure };
  }
}

async function spaceCheck(host: Host): Promise<Finding> {
  await mkdir(host.files.cache, { recursive: true });
  const { bavail, bsize } = await statfs(host.files.cache);
  const gigabytes = Math.floor((bavail * bsize) / 1e9);
  return {
    name: 'disk',
    level: level(gigabytes >= wantedGigabytes),
    finding: `${gigabytes} GB free for ${host.files.cache}`,
    cure: `Free ${wantedGigabytes} GB, or name another folder in RELEASE_KIT_CACHE.`,
  };
}

async function leftoverCheck(host: Host): Promise<Finding> {
  const swept = await sweepLeftovers(host);
  return { name: 'leftovers', level: 'good', finding: swept.length === 0 ? 'none' : `removed ${swept.length} left by killed runs` };
}

const level = (good: boolean): Finding['level'] => (good ? 'good' : 'bad');
