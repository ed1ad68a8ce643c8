import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { annotate, documentedLimits } from '@release-kit/github-stand-in';
import { built, commitOf, type ReleaseBench, releaseBench } from '../support/release-bench.ts';

let bench: ReleaseBench;
const check = { mode: 'check', tag: 'v1.2.0' };
const readOnly = 'ghs_reader';

beforeEach(async () => {
  bench = await releaseBench();
  bench.github.limits.secondary = documentedLimits;
  bench.github.tokens.set(readOnly, { permissions: { contents: 'read' } });
  bench.published('v1.1.0', { latest: true });
  bench.tagged('v1.2.0', built);
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
});

const ourDraft = () =>
  bench.github.addRelease({ tag: 'v1.2.0', title: 'v1.2.0', body: '<!-- release-kit draft of v1.2.0 -->', draft: true });

describe('a check before the build', () => {
  test('needs no files and a token that may only read, takes two calls, and writes nothing', async () => {
    const outputs = await bench.act({ ...check, 'github-token': readOnly });
    expect(outputs).toEqual({ releaseId: '', url: '', exists: 'none', assets: '', channel: 'stable', published: 'false' });
    expect(bench.github.calls.map(({ operation }) => operation)).toEqual(['repos/list-releases', 'git/list-matching-refs']);
    expect(bench.host.recorded.lines.join('\n')).toMatch(
      /Nothing of v1\.2\.0 is published\.[\s\S]*The tag v1\.2\.0 names the commit that is built: e{40}\.[\s\S]*It goes into channel stable\./,
    );
    expect(bench.host.summary.text).toMatch(/^### Release of v1\.2\.0 can be made\n\n- /);
  });

  test('tells of a draft that is there, ours or of others, where the token sees it', async () => {
    const draft = ourDraft();
    bench.github.addRelease({ tag: 'v1.2.0', title: 'mine', body: 'By hand', draft: true });
    expect(await bench.act(check)).toMatchObject({ exists: 'draft', releaseId: String(draft.id), published: 'false' });
    expect(bench.host.recorded.lines.join('\n')).toMatch(/1 other draft of v1\.2\.0 not made by release-kit[\s\S]*will be completed: /);
    expect(await bench.act({ ...check, 'github-token': readOnly })).toMatchObject({ exists: 'none' });
  });

  test.each([
    ['published', {}, /already published: /],
    ['published and immutable', { immutable: true }, /already published, and can never be changed/],
    ['yanked', { draft: true, body: '<!-- release-kit yanked -->\nGone.\n<!-- /release-kit yanked -->\n' }, /published and yanked/],
  ])('refuses a tag whose release is %s', async (_, given, message) => {
    bench.published('v1.2.0', given);
    await expect(bench.act(check)).rejects.toThrowWithCode('E_RELEASE_EXISTS', message);
  });

  test('lets a published one pass where it is to be published: its files decide later, unless it was rolled back', async () => {
    const there = bench.published('v1.2.0', { commit: built });
    bench.tagged('v1.2.0', built);
    expect(await bench.act({ ...check, publish: 'true' })).toMatchObject({ exists: 'published', published: 'true' });
    there.body = '<!-- release-kit rolled-back -->\nBad.\n<!-- /release-kit rolled-back -->\n';
    await expect(bench.act({ ...check, publish: 'true' })).rejects.toThrowWithCode('E_RELEASE_EXISTS');
  });

  test('refuses a tag that names another commit than the one that is built, through annotated ones', async () => {
    bench.github.git.references.set('tags/v1.2.0', annotate(bench.github, 'v1.2.0', commitOf('v1.1.0')));
    await expect(bench.act(check)).rejects.toThrowWithCode('E_TAG_MOVED', /names [0-9a-f]{40} on GitHub/);
    await bench.act({ ...check, commit: commitOf('v1.1.0') });
  });

  test('a tag that GitHub does not have yet is told, and no error', async () => {
    bench.github.git.references.delete('tags/v1.2.0');
    expect(await bench.act(check)).toMatchObject({ exists: 'none' });
    expect(bench.host.recorded.lines.join('\n')).toContain('GitHub has no tag v1.2.0 yet');
  });

  test('refuses what is no release tag, notes that GitHub would not keep, and a folder', async () => {
    await expect(bench.act({ ...check, tag: '1.2' })).rejects.toThrowWithCode('E_TAG');
    await expect(bench.act({ ...check, 'notes-text': 'x'.repeat(125_001) })).rejects.toThrowWithCode('E_INPUT', /GitHub keeps 125000/);
    await expect(bench.act({ ...check, destination: 'folder' })).rejects.toThrowWithCode('E_INPUT', /a folder is looked at/);
  });

  test('a token that may not read, has ended, or is personal and lacks the scope to write later, is told with its cure', async () => {
    bench.github.tokens.set('ghs_none', { permissions: { issues: 'read' } });
    await expect(bench.act({ ...check, 'github-token': 'ghs_none' })).rejects.toThrowWithCode(
      'E_TOKEN',
      /lacks the permission contents: read/,
    );
    bench.github.tokens.set('ghs_ended', 'expired');
    await expect(bench.act({ ...check, 'github-token': 'ghs_ended' })).rejects.toThrowWithCode('E_TOKEN', /does not accept the token/);
    bench.github.fault = () => ({ status: 200, body: [], headers: { 'x-oauth-scopes': 'gist' } });
    await expect(bench.act(check)).rejects.toThrowWithCode('E_TOKEN', /only the scopes gist, which is not enough for contents: write/);
  });
});
