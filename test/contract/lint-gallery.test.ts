import { describe, expect, test } from '@jest/globals';
import { shareTables } from '../../scripts/rendering/placement-share.ts';
import {
  compareGallery,
  type GalleryEntry,
  type GalleryFinding,
  gallerySets,
  galleryText,
  goldenGallery,
} from '../support/lint-gallery.ts';

const finding = (given: Partial<GalleryFinding> = {}): GalleryFinding => ({
  severity: 'warning',
  tag: 'a-tag',
  about: 'hello',
  note: '',
  pointer: '',
  file: 'debian/control',
  line: 9,
  text: 'Package: hello',
  exact: true,
  reason: 'one',
  ...given,
});
const entry = (version: string, ...findings: readonly GalleryFinding[]): GalleryEntry => ({
  source: 'hello',
  version,
  lintian: '2.116.3',
  findings,
});

describe('comparing with a golden file', () => {
  test('of another version, the number of the line may be another, its text may not', () => {
    const golden = entry('1.0-1', finding());
    expect(compareGallery(golden, entry('1.0-2', finding({ line: 12 })))).toEqual({ misplaced: [], found: 1 });
    expect(compareGallery(golden, entry('1.0-1', finding({ line: 12 }))).misplaced).toHaveLength(1);
    expect(compareGallery(golden, entry('1.0-2', finding({ text: 'Source: hello' }))).misplaced).toHaveLength(1);
    expect(compareGallery(golden, entry('1.0-2', finding({ exact: false }))).misplaced).toHaveLength(1);
  });

  test('what came is let pass, what went is counted', () => {
    const golden = entry('1.0-1', finding(), finding({ tag: 'other' }));
    expect(compareGallery(golden, entry('1.0-2', finding(), finding({ tag: 'new' })))).toEqual({ misplaced: [], found: 0.5 });
    expect(compareGallery(entry('1.0-1'), entry('1.0-1')).found).toBe(1);
  });

  test('equal findings are told apart by their order', () => {
    const golden = entry('1.0-1', finding(), finding({ line: 20, text: 'Package: hello-data' }));
    expect(compareGallery(golden, golden)).toEqual({ misplaced: [], found: 1 });
  });
});

describe('the gallery of real packages', () => {
  const golden = goldenGallery();

  test('has at least 20 sources, each with its golden file, written as it is read', () => {
    expect([...golden.keys()].sort()).toEqual(gallerySets.map(({ source }) => source).sort());
    expect(golden.size).toBeGreaterThanOrEqual(20);
    for (const one of golden.values()) expect(JSON.parse(galleryText(one))).toEqual(one);
  });

  test('shows most errors, warnings and infos on the line or file that causes them', () => {
    const loud = [...golden.values()].flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'pedantic');
    expect(loud.filter(({ exact }) => exact).length / loud.length).toBeGreaterThanOrEqual(0.9);
  });

  test('each place has a reason', () => {
    const all = [...golden.values()].flatMap(({ findings }) => findings);
    expect(all.filter(({ file, reason }) => (file === '') !== (reason === ''))).toEqual([]);
    expect(all.filter(({ file, exact }) => file === '' && exact)).toEqual([]);
  });
});

test('the table rounds down, and a finding about a whole file takes no part in the share', () => {
  const findings = [finding(), finding({ exact: false, tag: 'b' }), finding(), finding({ line: 0 })];
  const lines = shareTables([{ source: 'a', version: '1', findings }]).split('\n');
  expect(lines).toContain('1 sources, 4 findings, 2 different tags.');
  expect(lines).toContain('| warning | 4 | 2 | 1 | 1 | 66 % |');
  expect(lines).toContain('| error | 0 | 0 | 0 | 0 |  |');
  expect(lines).toContain('| a | 1 | 4 | 3 |');
});
