import { describe, expect, test } from '@jest/globals';
import { inertText } from '@release-kit/action';
import fc from 'fast-check';
import type { Explanation } from './explanation.ts';
import { lineOf, messageOf, titleOf } from './finding-text.ts';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';

const chown = findingOf({
  tag: 'chown-with-dot',
  severity: 'pedantic',
  note: 'root.root',
  pointer: { path: 'postinst', index: 'control', line: 4 },
});
const explanation: Explanation = {
  meaning: 'A dot is allowed in names.',
  cure: 'Use a colon in debian/PACKAGE.postinst.',
  references: ['Scripts (Section 10.4) in the Debian Policy Manual', 'https://example.org/chown'],
};

describe('the message of a finding', () => {
  test('says what, how grave, what it means, how to mend it, where the rule stands, and how it is overridden', () => {
    const location = locationOf('debian/hello.postinst:4', { place: { file: 'pkg/debian/hello.postinst', line: 4 }, exact: true });
    expect(messageOf(placedOf(chown, { location, standing: 'new' }), explanation)).toBe(
      [
        'hello: root.root [postinst:4]',
        'pedantic, new',
        '',
        'A dot is allowed in names.',
        '',
        'How to mend it: Use a colon in debian/hello.postinst.',
        'See Debian Policy 10.4, Scripts: https://www.debian.org/doc/debian-policy/ch-files.html#scripts',
        'See https://example.org/chown',
        '',
        'If it is meant to be so, write into debian/hello.lintian-overrides, below a comment that says why:',
        'chown-with-dot root.root [postinst:*]',
      ].join('\n'),
    );
  });

  test('says why it stands where it stands, when that is not the cause itself', () => {
    const location = locationOf('debian/install:2', {
      place: { file: 'debian/install', line: 2 },
      reason: 'debian/install installs this file',
    });
    expect(messageOf(placedOf(chown, { location, standing: 'existing' }), undefined)).toMatch(
      /^hello: root\.root \[postinst:4\]\npedantic, there before; shown here because debian\/install installs this file\n\nIf it is/,
    );
  });

  test('outside the workspace there is no file, but the place is said', () => {
    const location = locationOf('debian/control:9', { exact: true });
    expect(messageOf(placedOf(findingOf({ type: 'changes' }), { location }), undefined)).toBe('hello: (debian/control:9)\nerror');
  });

  test('with nothing to add, the package is named; a tag on trial fails nothing', () => {
    const tried = findingOf({ type: 'changes', experimental: true, severity: 'warning' });
    expect(messageOf(placedOf(tried), undefined)).toBe('in hello\nwarning, experimental, so it fails nothing');
  });

  test('a note of megabytes leaves room for what the tag means', () => {
    const message = messageOf(placedOf(findingOf({ note: 'x'.repeat(100_000), type: 'changes' })), explanation);
    expect(message).toContain('x… (100000 characters)');
    expect(message).toContain('A dot is allowed in names.');
    expect(message.length).toBeLessThan(2000);
  });

  test('hostile notes come out inert, in every part', () => {
    const hostile = findingOf({ note: 'x\n::error::y\u001b[2J ##[add-mask]z', pointer: { path: 'a\r\n::b::', index: undefined, line: 1 } });
    const location = locationOf('c\n::d::', { reason: 'e\n::f::' });
    const bad: Explanation = { meaning: 'm\n::g::\u0007', cure: '::h::\u202e', references: ['##[i]'] };
    const message = messageOf(placedOf(hostile, { location }), bad);
    expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^\s*::|##\[/m);
  });
});

test('the line of a finding names the type where it is not a binary package', () => {
  const pointer = { path: 'debian/rules', index: 'patched', line: undefined } as const;
  expect(lineOf(findingOf({ type: 'source', tag: 'no-dh-sequencer', pointer }))).toBe('hello source: no-dh-sequencer [debian/rules]');
  const hostile = findingOf({ note: 'x\n::error::y\u001b[2J ##[add-mask]z', package: '\u202eolleh' });
  expect(lineOf(hostile)).toBe('\\u{202e}olleh: some-tag x\\n\\::error::y\\x1b[2J #\\#[add-mask]z');
});

test('the title names the tool', () => {
  expect(titleOf(findingOf({ tag: 'SC2086' }, { tool: 'shellcheck' }))).toBe('shellcheck: SC2086');
});

/** All of the first planes' edges: controls, bidi, surrogates; fast-check's own `binary` takes seconds to set up. */
const anyCharacter = fc
  .oneof(fc.nat({ max: 0x2ff }), fc.integer({ min: 0x2000, max: 0x2fff }), fc.integer({ min: 0xd7f0, max: 0xffff }))
  .map((code) => String.fromCharCode(code));

test('no text of a package makes a message that anything obeys', () => {
  const text = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom('\n::error::x', '##[group]', '\u001b]0;x\u0007', '\r\n::stop-commands::a'),
  );
  fc.assert(
    fc.property(text, text, text, text, (note, path, name, reason) => {
      const finding = findingOf({ note, package: name, pointer: { path, index: undefined, line: 1 } });
      const message = messageOf(placedOf(finding, { location: locationOf(path, { reason }) }), { meaning: note, references: [path] });
      expect(message).toBe(inertText(message));
      expect(titleOf(finding)).toBe('lintian: some-tag');
    }),
  );
});
