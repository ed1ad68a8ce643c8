import { expect, test } from '@jest/globals';
import { newText } from './draft-text.ts';
import { planTwins, type SeenDraft } from './draft-twins.ts';
import { planRelease } from './release-plan.ts';

const file = (name: string) => ({ name, file: `/${name}`, size: 3, sha256: name.padEnd(64, '0') });
const release = planRelease({ tag: 'v1.0.0', prerelease: false, notes: 'Notes', commit: undefined, files: ['a.deb', 'b.deb'].map(file) });

const draft = (id: number, given: readonly string[], title?: string): SeenDraft => {
  const text = newText(release);
  const facts = { commit: '', draft: true, prerelease: false, immutable: false, url: `u${id}`, uploadUrl: '' };
  const assets = given.map((name, index) => {
    const [plain = '', state = 'uploaded'] = name.split(' ');
    return { id: index, name: plain, size: 3, state, sha256: plain.padEnd(64, '0') };
  });
  return { draft: { id, tag: 'v1.0.0', ...text, title: title ?? text.title, ...facts }, assets };
};
const plan = (...seen: readonly [SeenDraft, ...SeenDraft[]]) => {
  const { chosen, removed, kept } = planTwins(seen, release);
  return [chosen.id, removed.map(({ id }) => id), kept.map(({ id }) => id)];
};

test.each([
  ['the oldest of equal ones', [draft(1, []), draft(2, [])], [1, [2], []]],
  ['the most complete one', [draft(1, ['a.deb']), draft(2, ['a.deb', 'b.deb']), draft(3, [])], [2, [1, 3], []]],
  ['one that people wrote in, however empty', [draft(1, ['a.deb', 'b.deb']), draft(2, [], 'Ours')], [2, [1], []]],
  ['the older of two that people wrote in; the other stays', [draft(1, [], 'One'), draft(2, [], 'Two')], [1, [], [2]]],
  ['one without files of others; those stay', [draft(1, ['manual.pdf']), draft(2, ['a.deb'])], [2, [], [1]]],
  [
    'whatever it is beside uploads that never ended',
    [draft(1, ['a.deb']), draft(2, ['manual.pdf starter', 'b.deb starter'])],
    [1, [2], []],
  ],
] as const)('of several drafts of ours %s is completed', (_, seen, expected) => {
  const [first, ...more] = seen;
  expect(plan(first, ...more)).toEqual(expected);
});
