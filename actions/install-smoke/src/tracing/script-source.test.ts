import { expect, test } from '@jest/globals';
import { sourceLineOf } from './script-source.ts';

const source = `#!/bin/sh
set -e
if [ "$1" = configure ]; then
    adduser --system #PACKAGE#
fi

#DEBHELPER#

invoke-the-end
exit 0
`;
/** As dh_installdeb writes it. */
const installed = `#!/bin/sh
set -e
if [ "$1" = configure ]; then
    adduser --system web
fi

# Automatically added by dh_installsystemd/13.11.4
if [ "$1" = "configure" ]; then
	deb-systemd-invoke start web.service >/dev/null || true
fi
# End automatically added section
# Automatically added by dh_installsysusers/13.11.4
systemd-sysusers web.conf
# End automatically added section


invoke-the-end
exit 0
`;

test.each([
  [2, { line: 2 }],
  [4, { line: 4 }],
  [9, { line: 7, generatedBy: 'dh_installsystemd/13.11.4' }],
  [13, { line: 7, generatedBy: 'dh_installsysusers/13.11.4' }],
  [17, { line: 9 }],
  [18, { line: 10 }],
  [99, undefined],
])('line %i of the installed script comes from %j', (line, expected) => {
  expect(sourceLineOf(installed, line, source)).toEqual(expected);
});

test('without the marker both are the same; a script of another origin has no line', () => {
  expect(sourceLineOf(source, 9, source)).toEqual({ line: 9 });
  expect(sourceLineOf('#!/bin/sh\ntrue\n', 2, source)).toBeUndefined();
  expect(sourceLineOf(installed, 9, '#!/bin/sh\n')).toBeUndefined();
});

test('a line that is there twice is told apart by where it stands', () => {
  const twice = '#!/bin/sh\nfalse\n#DEBHELPER#\nfalse\n';
  const expanded = '#!/bin/sh\nfalse\n# Automatically added by dh_x/1\ntrue\n# End automatically added section\nfalse\n';
  expect([2, 6].map((line) => sourceLineOf(expanded, line, twice)?.line)).toEqual([2, 4]);
});

test('lines that moved are found by what they say, when only one says it', () => {
  expect(sourceLineOf('#!/bin/sh\n\n\n\ninvoke-the-end\n', 5, source)).toEqual({ line: 9 });
  expect(sourceLineOf('#!/bin/sh\n\n\n\ntrue\n', 5, '#!/bin/sh\ntrue\ntrue\n')).toBeUndefined();
});
