import { describe, expect, test } from '@jest/globals';
import { annotationOf, chooseAnnotated, lineOf } from './annotations.ts';
import type { Finding } from './finding.ts';
import { hintOf } from './hint.test-support.ts';

const finding = (given: Parameters<typeof hintOf>[0], status: Finding['status'] = 'open'): Finding => ({
  hint: hintOf(given),
  status,
  distribution: 'debian:12',
});

describe('annotations', () => {
  test('say the tag, the note, the pointer and what the tag means, at its place', () => {
    const found = finding({
      tag: 'chown-with-dot',
      severity: 'pedantic',
      note: 'root.root',
      pointer: { path: 'postinst', index: 'control', line: 4 },
    });
    const location = { shown: 'debian/hello.postinst:4', place: { file: 'pkg/debian/hello.postinst', line: 4 } };
    expect(annotationOf({ finding: found, location }, new Map([['chown-with-dot', 'Use a colon.']]))).toEqual({
      level: 'notice',
      title: 'lintian: chown-with-dot',
      message: 'hello: root.root [postinst:4]\n\nUse a colon.',
      file: 'pkg/debian/hello.postinst',
      line: 4,
    });
  });

  test('outside the workspace there is no file, but the place is said', () => {
    const annotation = annotationOf({ finding: finding({}), location: { shown: 'debian/control:9', place: undefined } }, new Map());
    expect(annotation).toEqual({ level: 'error', title: 'lintian: some-tag', message: 'hello: (debian/control:9)' });
  });

  test('with nothing to add, the package is named', () => {
    expect(annotationOf({ finding: finding({}), location: undefined }, new Map())?.message).toBe('in hello');
  });

  test('overridden findings have none', () => {
    expect(annotationOf({ finding: finding({}, 'overridden'), location: undefined }, new Map())).toBeUndefined();
  });

  test('hostile notes come out inert', () => {
    const hostile = finding({ note: 'x\n::error::y\u001b[2J ##[add-mask]z', package: '\u202eolleh' });
    const message = annotationOf({ finding: hostile, location: undefined }, new Map())?.message ?? '';
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
