import { expect, test } from '@jest/globals';
import { judgeChanges, obsoleteConffiles } from './kept-changes.ts';

const file = { path: '/etc/a.conf', sha256: 'ours', text: '# x\n', owned: true };
const judged = (digests: Record<string, string>, endings: readonly string[] = [], owned = true) => {
  const { problems, kept, asked } = judgeChanges(
    [{ ...file, owned }],
    { digests: new Map(Object.entries(digests)), endings: new Set(endings) },
    'the upgrade',
  );
  return { found: problems.map(({ category, level }) => `${category} ${level ?? 'error'}`), kept: kept.length, asked };
};

test('a change that is there is kept, and a question that dpkg would have asked is told', () => {
  expect(judged({ '/etc/a.conf': 'ours' })).toEqual({ found: [], kept: 1, asked: [] });
  expect(judged({ '/etc/a.conf': 'ours', '/etc/a.conf.dpkg-dist': 'theirs' })).toEqual({ found: [], kept: 1, asked: ['/etc/a.conf'] });
});

test('a change that is gone is told, whether the file is there or not', () => {
  expect(judged({ '/etc/a.conf': 'theirs' }).found).toEqual(['conffile-overwritten error']);
  expect(judged({}).found).toEqual(['conffile-overwritten error']);
});

test('a file that was moved with its change is fine', () => {
  expect(judged({ '/etc/b.conf': 'ours' })).toEqual({ found: [], kept: 0, asked: [] });
});

test('a script may edit a configuration file around the change, but no conffile', () => {
  expect(judged({ '/etc/a.conf': 'both' }, ['/etc/a.conf'], false)).toEqual({ found: [], kept: 1, asked: [] });
  expect(judged({ '/etc/a.conf': 'both' }, ['/etc/a.conf'], true)).toMatchObject({ found: ['conffile-overwritten warning'], kept: 1 });
});

test('a conffile that the new version dropped is told while it is there', () => {
  const digests = new Map([['/etc/old.conf', 'x']]);
  expect(obsoleteConffiles(['/etc/a.conf', '/etc/old.conf', '/etc/removed.conf'], ['/etc/a.conf'], digests)).toEqual([
    expect.objectContaining({ category: 'obsolete-conffile', level: 'warning', subject: { kind: 'path', path: '/etc/old.conf' } }),
  ]);
});
