import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { text } from './answer-field.ts';
import { field } from './field.ts';
import { type GitHubCalls, type GitHubTarget, githubCalls } from './github-calls.ts';
import { isUncertain } from './github-errors.ts';

export interface SarifUpload {
  /** Full SHA. */
  readonly commit: string;
  /** Full name: `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string;
  /** SARIF 2.1.0. */
  readonly sarif: string;
}

/** What became of the findings: taken in, or still looked at when nobody wanted to wait any longer. */
export type SarifOutcome = 'complete' | 'pending';

/** GitHub's reference, "Upload an analysis as SARIF data": compressed. Bytes. */
const maxCompressed = 10 * 1024 ** 2;
/** Milliseconds before each look at what became of it. */
const looks: readonly number[] = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];
const uploads = 3;

/**
 * Brings findings to code scanning, and waits until GitHub has looked at them. An upload that may have arrived is sent again: of one commit, tool and
 * category the last one counts. E_TOKEN, E_GITHUB, E_RATE, E_INPUT for more than GitHub takes.
 */
export async function uploadSarif(host: Host, target: GitHubTarget, upload: SarifUpload): Promise<SarifOutcome> {
  const calls = await githubCalls(host, target, 'security-events: write');
  const packed = await promisify(gzip)(upload.sarif);
  if (packed.length > maxCompressed)
    throw new UserError('E_INPUT', `the findings have ${packed.length} bytes as gzip; code scanning takes ${maxCompressed}`, {
      cure: 'Accept or mend findings, or check fewer packages in one step.',
    });
  const id = await send(calls, upload, packed, host);
  for (const pause of looks) {
    await host.clock.sleep(pause);
    const found = await calls.call('looking at what became of the findings', 'GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}', {
      ...calls.at,
      sarif_id: id,
    });
    const status = field(found, 'processing_status');
    if (status === 'complete') return 'complete';
    if (status === 'failed') throw refused(field(found, 'errors'));
  }
  return 'pending';
}

async function send({ at, call }: GitHubCalls, { commit, ref }: SarifUpload, packed: Buffer, host: Host): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await call('uploading findings to code scanning', 'POST /repos/{owner}/{repo}/code-scanning/sarifs', {
        ...at,
        commit_sha: commit,
        ref,
        sarif: packed.toString('base64'),
      });
      return text(answer, 'id', 'upload of findings');
    } catch (error) {
      if (!isUncertain(error) || tries >= uploads) throw error;
      await host.clock.sleep(looks[tries] ?? 0);
    }
  }
}

function refused(errors: unknown): UserError {
  const words = Array.isArray(errors) ? errors.map((one) => inertLine(String(one)).slice(0, 300)).slice(0, 5) : [];
  return new UserError('E_GITHUB', `code scanning refuses the findings: ${words.join('; ') || 'it does not say why'}`, {
    cure: 'This is a mistake of release-kit: please report it, with the file that the input sarif writes.',
  });
}
