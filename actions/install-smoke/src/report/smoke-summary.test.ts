import { describe, expect, test } from '@jest/globals';
import { sourceLinks } from '@release-kit/action';
import { matrixOf } from './result-matrix.ts';
import { failedTrack, failure, resultOf, sampleResults, stepOf, trackOf } from './smoke-result.test-support.ts';
import { headline, smokeSummary } from './smoke-summary.ts';

const context = {
  link: sourceLinks({ serverUrl: 'https://github.example', repository: 'a/b', sha: '0'.repeat(40) }),
  reproduce: ({ target }: { readonly target: { readonly name: string } }) => `release-kit smoke ${target.name}`,
};

describe('the matrix', () => {
  const named = (...names: readonly string[]) => names.map((name) => stepOf({ name }));

  test('a step that only one system has stands behind the one it follows there', () => {
    const results = [
      resultOf('a/amd64', { tracks: [trackOf({ steps: named('boot', 'install', 'purge') })] }),
      resultOf('b/amd64', { tracks: [trackOf({ steps: named('boot', 'dependencies', 'install', 'files', 'purge') })] }),
    ];
    const [part] = matrixOf(results);
    expect(part?.rows.map(({ step }) => step)).toEqual(['boot', 'dependencies', 'install', 'files', 'purge']);
    expect(part?.rows.map(({ cells }) => cells.map((cell) => cell !== undefined))).toEqual([
      [true, true],
      [false, true],
      [true, true],
      [false, true],
      [true, true],
    ]);
  });

  test('every track has a part, with the times of each system', () => {
    const parts = matrixOf(sampleResults());
    expect(parts.map(({ track, outcomes }) => [track, outcomes])).toEqual([
      ['life cycle', ['failed', 'failed', undefined, undefined]],
      ['upgrade', ['skipped', undefined, undefined, undefined]],
    ]);
    expect(parts[0]?.times).toEqual([2558, 2558, 0, 0]);
  });
});

describe('the summary', () => {
  test('says what came out on how many systems', () => {
    expect(headline([resultOf('debian:12/amd64')])).toBe('Tried on debian:12/amd64: passed');
    expect(headline([resultOf('a/amd64'), resultOf('b/amd64')])).toBe('Tried on 2 systems: passed');
    expect(headline(sampleResults())).toBe('Tried on 4 systems: 3 failed, 1 skipped');
  });

  test('tells each problem with its line, its cure and where it was seen', () => {
    const text = smokeSummary(sampleResults(), context);
    expect(text).toContain(
      `❌ **left-behind** [\`debian/postrm:4\`](https://github.example/a/b/blob/${'0'.repeat(40)}/debian/postrm#L4)<br>`,
    );
    expect(text).toContain('**What to do:** Remove it.<br>');
    expect(text).toContain('<sub>`E_SMOKE_LEFTOVER` on debian:12/amd64 (life cycle), debian:13/amd64 (life cycle)</sub>');
    expect(text.match(/\/x stayed<br>/g)).toHaveLength(1);
  });

  test('says what was not tried, what the packages need, and how to look at it', () => {
    const text = smokeSummary(sampleResults(), context);
    expect(text).toContain('- `ubuntu:24.04/amd64`: the archive cannot be reached');
    expect(text).toContain('- `debian:12/amd64`, life cycle, upgrade: no previous release is named');
    expect(text).toMatch(/\| memory at rest \| 2\.9.MiB<br><sub>\+50.%<\/sub> \|/);
    expect(text).toContain('release-kit smoke debian:12/amd64\nrelease-kit smoke debian:13/amd64\n');
    expect(smokeSummary([resultOf('debian:12/amd64')], context)).not.toContain('release-kit smoke');
  });

  test('what strangers write is no element, command, link or mention, and leaves no block', () => {
    const text = smokeSummary(sampleResults(), context);
    expect(text).not.toMatch(/^\s*::|##\[|\u0000|\u202e|\ud800(?![\udc00-\udfff])/m);
    const outside = text.replace(/^(`{3,})[^`]*\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<(?!\/?(?:br|sub|details|summary)>)|@everyone|https:\/\/evil/);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
  });

  test('stays below the megabyte that GitHub takes, by whole entries', () => {
    const problems = Array.from({ length: 500 }, (_, index) => ({
      ...failure,
      message: `${index}: ${'<&'.repeat(3000)}`,
      evidence: '`<&'.repeat(9000),
    }));
    const steps = Array.from({ length: 300 }, (_, index) => stepOf({ name: `${'<'.repeat(200)} ${index}`, note: '&<'.repeat(500) }));
    const tracks = Array.from({ length: 20 }, (_, index) => failedTrack({ name: `track ${index}`, problems, steps }));
    const text = smokeSummary(
      [resultOf('a/amd64', { outcome: 'failed', tracks }), resultOf('b/amd64', { outcome: 'failed', tracks })],
      context,
    );
    expect(Buffer.byteLength(text)).toBeLessThan(900_000);
    expect(text).toMatch(/_\d+ more are in the log\._/);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
  });
});
