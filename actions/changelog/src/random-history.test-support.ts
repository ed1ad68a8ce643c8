import { createHash } from 'node:crypto';
import fc from 'fast-check';

/** What a commit asks for. */
type Asked = 'none' | 'patch' | 'minor' | 'major';

/** A commit of a drawn history; others are named by their index. */
export interface DrawnCommit {
  readonly sha: string;
  readonly parents: readonly number[];
  readonly subject: string;
  readonly asks: Asked;
  /** The commit that it takes back, an ancestor; each is taken back once at most. */
  readonly reverts: number | undefined;
}

export interface DrawnHistory {
  readonly commits: readonly DrawnCommit[];
  /** By version. */
  readonly tags: ReadonlyMap<string, number>;
  /** For git fast-import; branches and tags have this name in front. */
  readonly importAs: (name: string) => string;
}

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const plain: readonly (readonly [start: string, rest: string, asks: Asked])[] = [
  ['feat', '', 'minor'],
  ['feat(api)!', '', 'major'],
  ['fix', '', 'patch'],
  ['chore', '', 'none'],
  ['docs', '', 'none'],
  ['ci', '', 'none'],
  ['perf', '\n\nWhy.\n\nBREAKING CHANGE: gone', 'major'],
  ['Prose:without blank', '\n\nfeat!: not a header', 'patch'],
];

/** A draw that becomes a commit once the ones before it are known. */
const draws = fc.record({
  /** How far back its parents are. */
  back: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 1, max: 2 })) },
    { weight: 1, arbitrary: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 3 }) },
  ),
  isRoot: fc.integer({ min: 0, max: 30 }).map((number) => number === 7),
  kind: fc.constantFrom<(typeof plain)[number] | 'quiet' | 'revert'>(...plain, 'quiet', 'quiet', 'revert', 'revert'),
  /** Of a revert: which ancestor, and whether its SHA is named. */
  target: fc.nat(4),
  bySha: fc.boolean(),
  /** Clocks of people go wrong. */
  clock: fc.integer({ min: -200, max: 200 }),
});

/** How a commit is drawn. */
export type Draw = typeof draws extends fc.Arbitrary<infer Value> ? Value : never;

/** Up to `size` commits with merges, several roots, wrong clocks, reverts of reverts, and tags anywhere. */
export function drawnHistories(size: number): fc.Arbitrary<DrawnHistory> {
  const pre = fc.option(fc.tuple(fc.constantFrom('beta', 'rc'), fc.integer({ min: 1, max: 11 })), { freq: 2 });
  const version = fc
    .tuple(fc.nat(2), fc.nat(2), fc.nat(2), pre)
    .map(([a, b, c, end]) => `${a}.${b}.${c}${end === null ? '' : `-${end.join('.')}`}`);
  const tags = fc.array(fc.tuple(version, fc.nat(size - 1)), { maxLength: 8, size: 'max' });
  return fc.tuple(fc.array(draws, { minLength: 1, maxLength: size, size: 'max' }), tags, fc.nat(100)).map((drawn) => historyOf(...drawn));
}

/** What comes of draws: commits, versions with the commit of each, and a number that makes SHAs of different histories different. */
export function historyOf(
  drawn: readonly Draw[],
  places: readonly (readonly [version: string, index: number])[],
  offset: number,
): DrawnHistory {
  const made: (DrawnCommit & { readonly text: string })[] = [];
  for (const draw of drawn) made.push(commitOf(draw, made, offset));
  return {
    commits: made,
    tags: new Map(places.map(([tag, index]) => [tag, index % made.length])),
    importAs: (name) =>
      [...made.map(({ text }) => text.replaceAll('refs/heads/NAME', `refs/heads/${name}`)), ...tagsOf(name, places, made.length)].join(''),
  };
}

/** Two branches from one commit, a release on each and one after their merge; what the last one takes back was never released. */
export function twoReleasedBranches(): DrawnHistory {
  const draw: Draw = { back: [1], isRoot: false, kind: ['feat', '', 'minor'], target: 0, bySha: true, clock: 0 };
  const fix: Draw = { ...draw, kind: ['fix', '', 'patch'] };
  const branches: readonly Draw[] = [fix, { ...draw, back: [2] }, { ...draw, back: [1, 2] }];
  const drawn: readonly Draw[] = [draw, ...branches, draw, { ...draw, kind: 'revert' }, fix, draw];
  const places = [
    ['1.0.0', 1],
    ['2.0.0', 2],
    ['2.1.0', 6],
  ] as const;
  return historyOf(drawn, places, 0);
}

/** The commits that these are or have as ancestors, the slow way. */
export function reach(commits: readonly DrawnCommit[], from: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (found.has(index)) continue;
    found.add(index);
    open.push(...(commits[index]?.parents ?? []));
  }
  return found;
}

function commitOf(draw: Draw, made: readonly DrawnCommit[], offset: number): DrawnCommit & { readonly text: string } {
  const index = made.length;
  const parents = draw.isRoot ? [] : [...new Set(draw.back.map((back) => index - back).filter((parent) => parent >= 0))];
  const { subject, rest, asks, reverts } = meaningOf(draw, made, parents);
  // `offset` makes SHAs of different histories different.
  const clock = 1_700_000_000 + offset * 100_000 + index * 60 + draw.clock;
  const who = `A U Thor <a@example.org> ${clock} +0000`;
  const message = `${subject}${rest}\n`;
  const links = parents.map((parent) => `parent ${made[parent]?.sha}\n`).join('');
  const object = `tree ${emptyTree}\n${links}author ${who}\ncommitter ${who}\n\n${message}`;
  const sha = createHash('sha1')
    .update(`commit ${Buffer.byteLength(object)}\0${object}`)
    .digest('hex');
  const froms = parents.map((parent, at) => `${at === 0 ? 'from' : 'merge'} :${parent + 1}\n`).join('');
  // A branch that is reset starts anew: without it a root would get the newest commit as its parent.
  const start = parents.length === 0 ? 'reset refs/heads/NAME\n' : '';
  const text = `${start}commit refs/heads/NAME\nmark :${index + 1}\nauthor ${who}\ncommitter ${who}\ndata ${Buffer.byteLength(message)}\n${message}${froms}\n`;
  return { sha, parents, subject, asks, reverts, text };
}

type Meaning = Pick<DrawnCommit, 'subject' | 'asks' | 'reverts'> & { readonly rest: string };

function meaningOf({ kind, target, bySha }: Draw, made: readonly DrawnCommit[], parents: readonly number[]): Meaning {
  const index = made.length;
  if (parents.length > 1) return { subject: `Merge branch 'topic-${index}'`, rest: '', asks: 'none', reverts: undefined };
  if (kind === 'quiet') return { subject: `chore: keep ${index}`, rest: '', asks: 'none', reverts: undefined };
  if (kind !== 'revert') return { subject: `${kind[0]}: do ${index}`, rest: kind[1], asks: kind[2], reverts: undefined };
  const taken = new Set(made.map(({ reverts }) => reverts));
  const possible = [...reach(made, parents)].filter((one) => !taken.has(one) && (made[one]?.parents.length ?? 0) < 2).sort((a, b) => b - a);
  const reverts = possible[target % Math.max(1, possible.length)];
  const old = reverts === undefined ? undefined : made[reverts];
  if (reverts === undefined || old === undefined) return { subject: `fix: mend ${index}`, rest: '', asks: 'patch', reverts: undefined };
  const again = /^Revert "(.*)"$/.exec(old.subject)?.[1];
  const subject = again !== undefined && target % 2 === 0 ? `Reapply "${again}"` : `Revert "${old.subject}"`;
  return { subject, rest: bySha ? `\n\nThis reverts commit ${old.sha}.` : '', asks: 'patch', reverts };
}

function tagsOf(name: string, places: readonly (readonly [string, number])[], count: number): readonly string[] {
  return [...new Map(places)].map(([version, index], at) => {
    const mark = (index % count) + 1;
    if (at % 2 === 0) return `reset refs/tags/${name}/v${version}\nfrom :${mark}\n\n`;
    return `tag ${name}/v${version}\nfrom :${mark}\ntagger A U Thor <a@example.org> 1700000000 +0000\ndata 1\nx\n`;
  });
}
