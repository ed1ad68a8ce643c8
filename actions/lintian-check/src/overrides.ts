import { inertLine } from '@release-kit/action';
import type { Hint } from '@release-kit/debian';
import type { Git } from '@release-kit/git';
import type { Finding } from './finding.ts';
import type { Override } from './lint-result.ts';
import { addedOverrides, type GivenOverride, isOverrideFile, matchesContext, parseOverrides } from './override-file.ts';
import { overrideLine } from './override-line.ts';
import { currentName, type RenamedTags } from './past-finding.ts';
import type { Placed } from './placed.ts';
import type { SourceTree } from './source-tree.ts';

type Tree = Pick<SourceTree, 'files' | 'lines' | 'locate'>;

/** Overrides of the source tree as it is. */
export async function overridesOf(tree: Pick<Tree, 'files' | 'lines'>): Promise<readonly GivenOverride[]> {
  const all: GivenOverride[] = [];
  for (const path of tree.files.filter(isOverrideFile)) all.push(...parseOverrides(((await tree.lines(path)) ?? []).join('\n'), path));
  return all;
}

/**
 * Overrides of the source tree as it was in a commit.
 *
 * @param folder the source tree, relative to the checkout; '' when it is the checkout
 */
export async function overridesAt(git: Git, commit: string, folder: string): Promise<readonly GivenOverride[]> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const { stdout } = await git.run([
    '--literal-pathspecs',
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    '--full-tree',
    commit,
    '--',
    `${prefix}debian/`,
  ]);
  const paths = stdout.split('\0').flatMap((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : []));
  const all: GivenOverride[] = [];
  for (const path of paths.filter(isOverrideFile)) {
    const { stdout: text } = await git.run(['cat-file', 'blob', `${commit}:${prefix}${path}`]);
    all.push(...parseOverrides(text, path));
  }
  return all;
}

/** What a pull request newly hides: its override lines that the base has not, with how much each hides now (H24). */
export async function newOverrides(
  now: readonly GivenOverride[],
  before: readonly GivenOverride[],
  findings: readonly Finding[],
  tree: Pick<Tree, 'locate'>,
  renamed: RenamedTags = new Map(),
): Promise<readonly Override[]> {
  const hidden = findings.filter(({ status }) => status === 'overridden').map(({ hint }) => hint);
  const overrides: Override[] = [];
  for (const line of addedOverrides(now, before)) {
    const count = hidden.filter((hint) => hides(line, hint, renamed)).length;
    overrides.push({
      ...texts(line),
      location: await tree.locate({ path: line.path, line: line.line, exact: true, reason: 'this line overrides it' }),
      remark: count === 0 ? 'hides nothing that lintian found now' : `hides ${count === 1 ? 'one finding' : `${count} findings`}`,
    });
  }
  return overrides;
}

/** Findings that are overridden now and were not in an earlier result, by no line that is told of already. */
export async function newlyHidden(
  findings: readonly Finding[],
  before: (hint: Hint) => boolean,
  lines: readonly GivenOverride[],
  told: readonly Override[],
  tree: Pick<Tree, 'locate'>,
  renamed: RenamedTags = new Map(),
): Promise<readonly Override[]> {
  const isTold = (hint: Hint): boolean =>
    told.some((one) => one.tag === inertLine(hint.tag) && (one.package === '' || one.package === inertLine(hint.package)));
  const fresh = findings.filter(({ status, hint }) => status === 'overridden' && !before(hint) && !isTold(hint)).map(({ hint }) => hint);
  const overrides: Override[] = [];
  for (const [first, ...more] of Map.groupBy(fresh, ({ package: name, type, tag }) => JSON.stringify([name, type, tag])).values()) {
    if (first === undefined) continue;
    const line = lines.find((one) => hides(one, first, renamed));
    const by = line === undefined ? 'by an override that is in no file of debian/' : 'by this line';
    overrides.push({
      ...(line === undefined ? { package: inertLine(first.package), tag: inertLine(first.tag), context: '' } : texts(line)),
      location: line && (await tree.locate({ path: line.path, line: line.line, exact: true, reason: 'this line overrides it' })),
      remark: `hides ${more.length === 0 ? 'one finding' : `${more.length + 1} findings`} more than before, ${by}`,
    });
  }
  return overrides;
}

function texts({ package: name, tag, context }: GivenOverride): Pick<Override, 'package' | 'tag' | 'context'> {
  return { package: inertLine(name), tag: inertLine(tag), context: inertLine(context) };
}

/** lintian takes an override under a former name of its tag as well. */
function hides({ package: name, type, tag, context }: GivenOverride, hint: Hint, renamed: RenamedTags): boolean {
  if (
    currentName(tag, renamed) !== currentName(hint.tag, renamed) ||
    (type !== undefined && type !== hint.type) ||
    (name !== '' && name !== hint.package)
  )
    return false;
  return context === '' || matchesContext(context, contextOf(hint));
}

/** As lintian writes what stands behind a tag, and as an override has to. */
function contextOf({ note, pointer }: Hint): string {
  const line = pointer?.line === undefined ? '' : `:${pointer.line}`;
  return [note, ...(pointer === undefined ? [] : [`[${pointer.path}${line}]`])].filter((part) => part !== '').join(' ');
}

/** Overrides that lintian says do nothing, with how to mend them: each is removed, or gets the context of today's findings. */
export function unusedOverridesOf(placed: readonly Placed[], renamed: RenamedTags = new Map()): readonly Override[] {
  return placed.flatMap(({ finding: { hint, status }, location }) => {
    if (status === 'masked' || !unusedTags.includes(hint.tag)) return [];
    const [tag = '', ...context] = hint.note.split(' ');
    const open = placed.map(({ finding }) => finding).filter((other) => other.status === 'open');
    const wanted = open.filter((other) => isSameTag(other.hint, hint, tag, renamed));
    const override = { package: inertLine(hint.package), tag: inertLine(tag), context: inertLine(context.join(' ')), location };
    return [{ ...override, remark: hint.tag === 'alien-tag' ? 'lintian has no such tag: remove the line' : repairOf(wanted, context) }];
  });
}

const unusedTags: readonly string[] = ['unused-override', 'mismatched-override', 'alien-tag'];

function isSameTag(hint: Hint, about: Hint, tag: string, renamed: RenamedTags): boolean {
  return currentName(hint.tag, renamed) === currentName(tag, renamed) && hint.package === about.package && hint.type === about.type;
}

/** @param context words of the override as it is: of several findings, the one that shares most of them is meant */
function repairOf(wanted: readonly Finding[], context: readonly string[]): string {
  const alike = wanted.map((finding) => ({ finding, shared: sharedWords(contextOf(finding.hint), context) }));
  const nearest = alike.toSorted((a, b) => b.shared - a.shared).map(({ finding }) => finding);
  const [first, ...more] = new Set(nearest.flatMap((finding) => overrideLine(finding)?.line ?? []));
  if (first === undefined) return 'matches nothing: remove the line';
  const others = more.length === 0 ? '' : `, and ${more.length} more like it,`;
  return `matches nothing: write ${inertLine(first)}${others} or remove the line`;
}

function sharedWords(text: string, context: readonly string[]): number {
  const words = new Set(text.split(/[\s[\]"']+/));
  return context.filter((word) => words.has(word.replace(/^[["']+|[\]"']+$/g, ''))).length;
}
