import type { Hint } from '@release-kit/debian';
import type { Location, SourceTree } from '../source-tree.ts';
import { paragraph } from './control-place.ts';
import { lineInNote, pointedFile, pointedFolder, pointedLine } from './file-place.ts';
import { content, installation } from './installed-place.ts';
import { ruleOf } from './rules.ts';
import { controlMember } from './script-place.ts';
import { type Finder, type Subject, subjectOf } from './subject.ts';

/**
 * Where a finding belongs in the source tree: the line lintian names, what the rule of its tag finds, what its pointer leads to, the
 * paragraph of its package. The first place that is a file of the tree counts. undefined only in a tree without debian/control.
 */
export async function placeOf(hint: Hint, tree: SourceTree): Promise<Location | undefined> {
  const subject = subjectOf(hint, tree);
  for (const find of findersOf(subject)) {
    const anchor = await find(subject);
    const location = anchor === undefined ? undefined : await tree.locate(anchor);
    if (location !== undefined) return location;
  }
  return undefined;
}

function findersOf({ hint, pointer }: Subject): readonly Finder[] {
  const rule = ruleOf(hint.tag);
  const wanted = rule === undefined ? [] : [rule.find];
  // A line of an installed file is a line of what the file is made from; without a line, what installs it is at fault as often.
  const installed = pointer?.line === undefined ? [installation, content] : [content, installation];
  return [pointedLine, controlMember, ...wanted, lineInNote(), pointedFile, pointedFolder, ...installed, paragraph, nothingSaid, noControl];
}

const nothingSaid: Finder = () => ({ path: 'debian/control', line: 1, exact: false, reason: 'the finding names no file' });

const noControl: Finder = () => ({
  path: 'debian/changelog',
  line: 1,
  exact: false,
  reason: 'the finding names no file, and there is no debian/control',
});
