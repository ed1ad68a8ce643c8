import { expect, test } from '@jest/globals';
import { releaseTag } from './release-tag.ts';
import { toldTags } from './told-tags.ts';

const tags = ['v1.0.0-rc.1', 'v1.0.0', 'v1.1.0-rc.1', 'v2.0.0-beta.1']
  .map((name) => releaseTag(name, 'v'))
  .filter((tag) => tag !== undefined)
  .map((tag) => ({ ...tag, sha: 'a' }));

test.each([
  ['1.0.0', 'fold', ['v1.0.0', 'v1.1.0-rc.1', 'v2.0.0-beta.1']],
  ['1.1.0', 'fold', ['v1.0.0', 'v2.0.0-beta.1']],
  ['2.0.0', 'fold', ['v1.0.0']],
  [undefined, 'fold', ['v1.0.0-rc.1', 'v1.0.0', 'v1.1.0-rc.1', 'v2.0.0-beta.1']],
  ['2.0.0', 'list', ['v1.0.0-rc.1', 'v1.0.0', 'v1.1.0-rc.1', 'v2.0.0-beta.1']],
] as const)('with %s as the newest stable release, pre-releases below it have no section (%s)', (newest, candidates, names) => {
  expect(toldTags(tags, newest, candidates).map(({ name }) => name)).toEqual(names);
});
