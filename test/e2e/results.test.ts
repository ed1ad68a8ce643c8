import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { startResultsService } from '../support/results/index.ts';
import { startJob } from '../support/runner/index.ts';

const root = join(import.meta.dirname, '../..');
const fixture = join(root, 'test/fixtures/results-action');
const compiled = (name: string): string => pathToFileURL(join(root, 'packages/action/lib', name)).href;

describe('the results service', () => {
  test('keeps artifacts and cache entries of the official clients', async () => {
    await using results = await startResultsService();
    const modules = { ARTIFACTS_MODULE: compiled('runner-artifacts.js'), CACHE_MODULE: compiled('runner-cache.js') };
    await using job = await startJob({ env: { ...results.env, ...modules } });
    const step = await job.run(fixture);
    expect(step.annotations.filter(({ level }) => level === 'error')).toEqual([]);
    expect(step).toMatchObject({
      conclusion: 'success',
      outputs: {
        id: '1001',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        missed: 'true',
        restored: 'true kept bytes\n',
        duplicate: expect.stringMatching(/already exists/),
      },
    });
    expect(results.artifacts).toMatchObject([
      { id: '1001', name: 'packages', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), mimeType: 'application/zip' },
    ]);
    expect(results.caches).toMatchObject([{ key: 'base-1' }]);
    expect(results.calls.slice(0, 2)).toEqual(['ArtifactService/CreateArtifact', 'ArtifactService/FinalizeArtifact']);
  }, 120_000);

  test('answers strangers, unknown methods and wrong bodies with the codes of Twirp', async () => {
    await using results = await startResultsService();
    const call = async (method: string, body: unknown, token = results.env['ACTIONS_RUNTIME_TOKEN']): Promise<unknown> => {
      const address = `${results.env['ACTIONS_RESULTS_URL']}twirp/github.actions.results.api.v1.${method}`;
      const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${token}` } });
      return { status: answer.status, ...Object(await answer.json()) };
    };
    expect(await call('ArtifactService/ListArtifacts', {}, 'other')).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await call('ArtifactService/NoSuch', {})).toMatchObject({ status: 404, code: 'bad_route' });
    expect(await call('NoService/X', {})).toMatchObject({ status: 404, code: 'bad_route' });
    expect(await call('ArtifactService/CreateArtifact', {})).toMatchObject({
      status: 400,
      code: 'malformed',
      msg: 'CreateArtifact: name is not text',
    });
    expect(await call('ArtifactService/FinalizeArtifact', { workflow_run_backend_id: 'r', name: 'x' })).toMatchObject({
      status: 404,
      code: 'not_found',
    });
    expect(await call('CacheService/GetCacheEntryDownloadURL', { key: 'k', version: 'v' })).toMatchObject({ status: 200, ok: false });
  }, 120_000);
});
