/** What sums and signatures cost, against sha256sum and gpg; and the memory that a large file takes. */
import { randomFillSync } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Host, recordingHost } from '@release-kit/action';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { markdownTable } from '../building/table.ts';
import { timeAction } from './kit-action.ts';
import { tellPeak } from './peak-memory.ts';
import { medianTime, type ProcessTime, timeProcess } from './process-time.ts';

const MiB = 1024 * 1024;
/** Of all files together, and of the large one. */
const full = { all: 4096 * MiB, large: 2048 * MiB };
const count = 200;
const rounds = 3;
/** The goals: of the time of sha256sum and gpg, and MiB. */
const goal = { ratio: 0.4, memory: 150 };

export interface SignTimes {
  readonly bytes: typeof full;
  readonly sha256sum: ProcessTime;
  readonly gpg: ProcessTime;
  /** sign-artifacts without its verification: sums and signatures. */
  readonly signing: ProcessTime;
  /** All of sign-artifacts, which verifies each signature besides: by gpgv, and by sqv where it is installed. */
  readonly action: ProcessTime;
  /** Of all of sign-artifacts on the large file. */
  readonly large: ProcessTime;
  /** MiB that the process had at most meanwhile. */
  readonly memory: number;
  /** Load of the machine at the start and at the end. */
  readonly load: readonly [number, number];
}

/** Ten minutes and 7 GiB of disk below `cache`; `part`: a number by which all sizes are divided. `say` tells what is being measured. */
export async function measureSign(cache: string, say: (line: string) => void, part = '1'): Promise<string> {
  const divisor = Number(part);
  if (!Number.isInteger(divisor) || divisor < 1) throw new Error(`sign:${part} is no number to divide the sizes by`);
  const bytes = { all: full.all / divisor, large: full.large / divisor };
  await using host = await recordingHost({ cache });
  const [load = 0] = loadavg();
  const work = join(cache, 'bench-sign');
  await rm(work, { recursive: true, force: true });
  try {
    const key = await makeKey(host, work);
    const times: Record<'sha256sum' | 'gpg' | 'signing' | 'action', ProcessTime[]> = { sha256sum: [], gpg: [], signing: [], action: [] };
    const many = await makeFiles(join(work, 'many'), count, bytes.all / count);
    // In turn, so that load from elsewhere hits all alike; the first round warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const measured = {
        sha256sum: await timeIn(work, many.files, 'cd "$1"; sha256sum -- *.deb > "$2/SHA256SUMS"'),
        gpg: await timeIn(work, many.files, gpgLoop),
        signing: await timeSigning(work, many.files, key),
        action: await timeAction(host, 'sign-artifacts', { manifest: many.manifest, key, output: join(work, 'signed') }, cache),
      };
      for (const name of ['sha256sum', 'gpg', 'signing', 'action'] as const) {
        say(`${name}: ${measured[name].wall.toFixed(2)} s wall, ${measured[name].cpu.toFixed(2)} s processor`);
        if (round > 0) times[name].push(measured[name]);
      }
    }
    await rm(join(work, 'many'), { recursive: true });
    const one = await makeFiles(join(work, 'one'), 1, bytes.large);
    const peak = join(work, 'peak');
    const inputs = { manifest: one.manifest, key, output: join(work, 'signed') };
    const large = await timeAction(host, 'sign-artifacts', inputs, cache, tellPeak(peak));
    const memory = Number(await readFile(peak, 'utf8')) / 1024;
    say(`one large file: ${large.wall.toFixed(2)} s wall, ${memory.toFixed(0)} MiB`);
    const [sha256sum, gpg, signing, action] = [times.sha256sum, times.gpg, times.signing, times.action].map(medianTime);
    if (sha256sum === undefined || gpg === undefined || signing === undefined || action === undefined) throw new Error('nothing was timed');
    return signSection({ bytes, sha256sum, gpg, signing, action, large, memory, load: [load, loadavg()[0] ?? 0] });
  } finally {
    await host.exec(['gpgconf', '--homedir', join(work, 'g'), '--kill', 'gpg-agent'], { allow: 'any' });
    await rm(work, { recursive: true, force: true });
  }
}

/** As people write it: one file after the other. */
const gpgLoop = `cd "$1"; for file in *.deb; do gpg --homedir "$3" --batch --yes --quiet --armor --output "$2/$file.asc" --detach-sign "$file"; done`;

async function timeIn(work: string, files: string, script: string): Promise<ProcessTime> {
  const out = await emptyFolder(join(work, 'out'));
  return timeProcess(['sh', '-ec', script, 'bench', files, out, join(work, 'g')], process.env);
}

async function timeSigning(work: string, files: string, key: string): Promise<ProcessTime> {
  const out = await emptyFolder(join(work, 'out'));
  const program = join(import.meta.dirname, 'sign-process.ts');
  await writeFile(join(work, 'key.asc'), key, { mode: 0o600 });
  return timeProcess(['sh', '-ec', '"$1" "$2" "$3" "$4" < "$5"', 'bench', process.execPath, program, files, out, join(work, 'key.asc')], {
    ...process.env,
    NODE_OPTIONS: '',
  });
}

/** A throw-away key that gpg signs with as well; the folder is short enough for its socket. */
async function makeKey(host: Host, work: string): Promise<string> {
  const home = join(work, 'g');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const gpg = ['gpg', '--homedir', home, '--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', ''] as const;
  await host.exec([...gpg, '--quick-gen-key', 'Bench <bench@example.org>', 'ed25519', 'sign', '1d']);
  return (await host.exec([...gpg, '--armor', '--export-secret-keys'])).stdout;
}

/** Files that nothing can be known of beforehand, and their manifest among them. */
async function makeFiles(folder: string, many: number, size: number): Promise<{ readonly files: string; readonly manifest: string }> {
  const files = await emptyFolder(folder);
  const piece = Buffer.alloc(MiB);
  const entries = [];
  for (let index = 0; index < many; index += 1) {
    const name = `bench-${index}_1_all.deb`;
    await using file = await open(join(files, name), 'wx');
    for (let left = Math.floor(size); left > 0; left -= piece.length)
      await file.write(randomFillSync(piece), 0, Math.min(left, piece.length));
    const facts = { kind: 'deb', package: `bench-${index}`, version: '1', architecture: 'all', distribution: 'debian:12' } as const;
    entries.push(await describeFile(files, name, facts));
  }
  const manifest = join(files, 'manifest.json');
  await writeManifest(manifest, { schema: 1, sourceDateEpoch: 0, sources: [{ package: 'bench', version: '1' }], files: entries });
  return { files, manifest };
}

async function emptyFolder(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

export function signSection({ bytes, sha256sum, gpg, signing, action, large, memory, load }: SignTimes): string {
  const row = (what: string, { wall, cpu }: ProcessTime): readonly string[] => [what, `${wall.toFixed(1)} s`, `${cpu.toFixed(1)} s`];
  const by = (own: ProcessTime, field: keyof ProcessTime): string => (own[field] / (sha256sum[field] + gpg[field])).toFixed(2);
  const size = (all: number): string => `${Math.round(all / MiB)} MiB`;
  const table = markdownTable([
    [`${size(bytes.all)} in ${count} files`, 'Wall', 'Processor time'],
    row('`sha256sum` of all', sha256sum),
    row('`gpg --detach-sign` of each', gpg),
    row('sign-artifacts: `SHA256SUMS`, `SHA512SUMS` and a signature of each', signing),
    row('all of sign-artifacts: each signature is verified besides', action),
  ]);
  const ratios = markdownTable([
    ['Comparison', 'Goal', 'Wall', 'Processor time'],
    ['sums and signatures over `sha256sum` and `gpg`', `at most ${goal.ratio.toFixed(2)}`, by(signing, 'wall'), by(signing, 'cpu')],
    ['all of sign-artifacts over both', '', by(action, 'wall'), by(action, 'cpu')],
  ]);
  return `## Signing

Files that cannot be compressed, an Ed25519 key, ${availableParallelism()} processors. Each file is read once: for comparing it with the manifest, for both checksum files and
for its signature. \`sha256sum\` and \`gpg\` read it once each, and verify nothing; sign-artifacts has
\`gpgv\` verify each signature, and \`sqv\` where it is installed. Medians of ${rounds} rounds taken in turn. The load of the machine was
${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.

${table}

${ratios}

One file of ${size(bytes.large)}: all of sign-artifacts took ${large.wall.toFixed(1)} s and had ${memory.toFixed(0)} MiB of memory at most (goal: below ${goal.memory} MiB).`;
}
