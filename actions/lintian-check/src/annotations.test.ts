import { describe, expect, test } from '@jest/globals';
import { annotationOf, chooseAnnotated, lineOf } from './annotations.ts';
import type { Finding } from './finding.ts';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';

const finding = (given: Parameters<typeof findingOf>[0], status: Finding['status'] = 'open'): Finding => findingOf(given, { status });

describe('annotations', () => {
  test('say the tag, the note, the pointer and what the tag means, at its place', () => {
    const found = finding({
      tag: 'chown-with-dot',
      severity: 'pedantic',
      note: 'root.root',
      pointer: { path: 'postinst', index: 'control', line: 4 },
    });
    const location = locationOf('debian/hello.postinst:4', { place: { file: 'pkg/debian/hello.postinst', line: 4 } });
    expect(annotationOf(placedOf(found, { location }), new Map([['chown-with-dot', { meaning: 'Use a colon.', references: [] }]]))).toEqual(
      {
        level: 'notice',
        title: 'lintian: chown-with-dot',
        message: 'hello: root.root [postinst:4]\n\nUse a colon.',
        file: 'pkg/debian/hello.postinst',
        line: 4,
      },
    );
  });

  test('outside the workspace there is no file, but the place is said', () => {
    const annotation = annotationOf(placedOf(finding({}), { location: locationOf('debian/control:9') }), new Map());
    expect(annotation).toEqual({ level: 'error', title: 'lintian: some-tag', message: 'hello: (debian/control:9)' });
  });

  test('with nothing to add, the package is named', () => {
    expect(annotationOf(placedOf(finding({})), new Map())?.message).toBe('in hello');
  });

  test('overridden findings have none', () => {
    expect(annotationOf(placedOf(finding({}, 'overridden')), new Map())).toBeUndefined();
  });

  test('hostile notes come out inert', () => {
    const hostile = finding({ note: 'x\n::error::y\u001b[2J ##[add-mask]z', package: '\u202eolleh' });
    const message = annotationOf(placedOf(hostile), new Map())?.message ?? '';
    expect(message).not.toMatch(/\u001b|\u202e|^::|##\[/m);
    expect(lineOf(hostile)).toBe('\\u{202e}olleh: some-tag x\\n\\::error::y\\x1b[2J #\\#[add-mask]z');
  });

  test('nine errors and ten of each other level go out, so that the error that ends the step is the tenth', () => {
    const many = (severity: 'error' | 'warning' | 'info', count: number) =>
      Array.from({ length: count }, (_, index) => finding({ severity, note: `${index}` }));
    const chosen = chooseAnnotated([...many('error', 12), ...many('warning', 12), ...many('info', 3), finding({}, 'masked')]);
    const count = (severity: string) => chosen.filter(({ hint }) => hint.severity === severity).length;
    expect([count('error'), count('warning'), count('info')]).toEqual([9, 10, 3]);
    expect(chosen[0]?.hint.note).toBe('0');
  });
});

test('the line of a finding names the type where it is not a binary package', () => {
  expect(
    lineOf(finding({ type: 'source', tag: 'no-dh-sequencer', pointer: { path: 'debian/rules', index: 'patched', line: undefined } })),
  ).toBe('hello source: no-dh-sequencer [debian/rules]');
});
