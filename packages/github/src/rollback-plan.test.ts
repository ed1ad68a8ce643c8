import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { drawnReleases, knownRelease } from './known-releases.test-support.ts';
import { isGoodStable, latestRelease } from './latest-release.ts';
import { bannerSteps } from './release-banners.ts';
import type { KnownRelease } from './release-catalog.ts';
import { markedBody, markOf, unmarkedBody } from './release-mark.ts';
import { planRollback, type RollbackPlan, type RollbackRequest } from './rollback-plan.ts';

const request = (mode: RollbackRequest['mode'], tag: string, reason?: string): RollbackRequest => ({ mode, tag, reason, rules: {} });
const releases = ['v1.1.0', 'v1.2.0', 'v1.0.9', 'v1.3.0-rc.1'].map((tag) => knownRelease(tag));
const id = (tag: string) => `id of ${tag}`;
const said = ({ steps }: RollbackPlan) => steps.map(({ says }) => says);

/** What the repository is like when the steps are done. */
function done(plan: RollbackPlan, before: readonly KnownRelease[], latest: string | undefined) {
  let now = latest;
  const after = new Map(before.map((one) => [one.id, one]));
  for (const { release, change } of plan.steps) {
    const { latest: isLatest, ...fields } = change;
    const changed = { ...release, ...fields, mark: markOf(fields.body ?? release.body) };
    after.set(release.id, changed);
    if (isLatest === true) now = release.id;
    if ((isLatest === false || changed.draft) && now === release.id) now = undefined;
  }
  return { releases: [...after.values()], latest: now };
}

describe('a rollback', () => {
  test('leads users to the greatest good release first, then marks the bad one', () => {
    const plan = planRollback(request('rollback', 'v1.2.0', 'Broken.'), releases, id('v1.2.0'));
    expect(said(plan)).toEqual(['make v1.1.0 the latest release', 'mark v1.2.0 as rolled back; its assets stay']);
    expect(plan.steps[1]?.change.body).toMatch(/use `v1\.1\.0` instead\. Broken\./);
    expect(plan.steps.every(({ change }) => change.draft === undefined && change.prerelease === undefined)).toBe(true);
  });

  test('of a backport leaves the latest one where it is, also one that somebody chose', () => {
    expect(said(planRollback(request('rollback', 'v1.0.9'), releases, id('v1.2.0')))).toEqual([
      'mark v1.0.9 as rolled back; its assets stay',
    ]);
    expect(said(planRollback(request('rollback', 'v1.0.9'), releases, id('v1.1.0')))).toEqual([
      'mark v1.0.9 as rolled back; its assets stay',
    ]);
  });

  test('of the only release leaves none as the latest', () => {
    const plan = planRollback(request('rollback', 'v1.0.0'), [knownRelease('v1.0.0')], id('v1.0.0'));
    expect(plan.steps.map(({ change }) => change.latest)).toEqual([false]);
    expect(plan.instead).toBeUndefined();
  });

  test('of a pre-release names a stable or greater one of its channel', () => {
    const plan = planRollback(request('rollback', 'v1.3.0-rc.1'), [...releases, knownRelease('v1.3.0-nightly.1')], id('v1.2.0'));
    expect(plan.instead?.tag).toBe('v1.2.0');
    expect(plan.steps.map(({ change }) => change.latest)).toEqual([undefined]);
  });

  test('yanking hides, unless the release is immutable: then it says what remains possible', () => {
    const plan = planRollback(request('yank', 'v1.2.0'), releases, id('v1.2.0'));
    expect(plan.steps[1]?.change).toMatchObject({ draft: true });
    const frozen = [knownRelease('v1.0.0', { immutable: true })];
    expect(() => planRollback(request('yank', 'v1.0.0'), frozen, undefined)).toThrowWithCode('E_RELEASE_EXISTS', /immutable/);
    expect(said(planRollback(request('rollback', 'v1.0.0'), frozen, undefined))).toHaveLength(1);
  });

  test('refuses what was never published, and what is hidden already', () => {
    for (const mode of ['rollback', 'yank', 'restore'] as const) {
      expect(() => planRollback(request(mode, 'v9.0.0'), releases, undefined)).toThrowWithCode('E_INPUT', /is not published/);
      const draft = [knownRelease('v9.0.0', { draft: true })];
      expect(() => planRollback(request(mode, 'v9.0.0'), draft, undefined)).toThrowWithCode('E_INPUT', /is not published/);
    }
    const { releases: hidden } = done(planRollback(request('yank', 'v1.2.0'), releases, undefined), releases, undefined);
    expect(() => planRollback(request('rollback', 'v1.2.0'), hidden, undefined)).toThrowWithCode('E_INPUT', /is yanked/);
  });

  test('with notes that leave no room says how much to cut', () => {
    const long = [knownRelease('v1.0.0', { body: 'x'.repeat(124_990) })];
    expect(() => planRollback(request('rollback', 'v1.0.0'), long, undefined)).toThrowWithCode('E_INPUT', /leave no room/);
  });

  test('of any releases: the latest is good afterwards, of others only banners change, twice is once, and restoring undoes it', () => {
    fc.assert(
      fc.property(drawnReleases, fc.nat(), fc.nat(), fc.constantFrom('rollback', 'yank'), (drawn, which, shown, mode) => {
        const able = drawn.filter(({ draft, mark }) => !draft && mark === undefined);
        const bad = able[which % Math.max(1, able.length)];
        if (bad === undefined) return;
        const stable = drawn.filter((one) => isGoodStable(one, {}));
        const latest = stable[shown % Math.max(1, stable.length)]?.id;
        const plan = planRollback(request(mode, bad.tag), drawn, latest);
        const after = done(plan, drawn, latest);
        const good = latestRelease(after.releases, {});
        if (latest === bad.id || latest === undefined) expect(after.latest).toBe(good?.id);
        else expect(after.latest).toBe(latest);
        expect(plain(after.releases.filter((one) => one.id !== bad.id))).toEqual(plain(drawn.filter((one) => one.id !== bad.id)));
        expect(bannerSteps(after.releases, {})).toEqual([]);
        expect(planRollback(request(mode, bad.tag), after.releases, after.latest).steps).toEqual([]);
        const back = done(planRollback(request('restore', bad.tag), after.releases, after.latest), after.releases, after.latest);
        expect(plain(back.releases)).toEqual(plain(drawn));
        expect(back.releases.find(({ id: one }) => one === bad.id)).toEqual(bad);
        expect(planRollback(request('restore', bad.tag), back.releases, back.latest).steps).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('banners of bad releases', () => {
  const banner = { mark: 'rolled-back', reason: 'Loses $& data.' } as const;
  const bad = (instead: string | undefined) => knownRelease('v1.2.0', { body: markedBody('Notes\n', { ...banner, instead }) });

  test('lead elsewhere when what they lead to goes bad, or a greater one comes; reason and notes stay', () => {
    const before = [...releases.filter(({ tag }) => tag !== 'v1.2.0'), bad('v1.1.0')];
    expect(bannerSteps(before, {})).toEqual([]);
    const [step, ...more] = bannerSteps([...before, knownRelease('v1.2.1')], {});
    expect([step?.says, step?.change, more]).toEqual([
      'let the banner of v1.2.0 lead to v1.2.1',
      { body: bad('v1.2.1').body, latest: false },
      [],
    ]);
    expect(said(planRollback(request('rollback', 'v1.1.0'), before, id('v1.1.0')))).toEqual([
      'make v1.0.9 the latest release',
      'mark v1.1.0 as rolled back; its assets stay',
      'let the banner of v1.2.0 lead to v1.0.9',
    ]);
    expect(bannerSteps([bad('v1.1.0')], {})).toMatchObject([
      { says: expect.stringContaining('nowhere'), change: { body: bad(undefined).body } },
    ]);
  });

  test('that people wrote in stay as they are', () => {
    const body = bad('v1.1.0').body.replace('Do not install it', 'Better not');
    expect(bannerSteps([knownRelease('v1.2.0', { body }), knownRelease('v1.2.1')], {})).toEqual([]);
  });
});

/** Without what banners of others say, by their ids. */
const plain = (all: readonly KnownRelease[]) => all.map((one) => ({ ...one, body: unmarkedBody(one.body) })).sort(byId);

const byId = (a: KnownRelease, b: KnownRelease) => (a.id < b.id ? -1 : 1);
