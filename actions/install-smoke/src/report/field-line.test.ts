import { expect, test } from '@jest/globals';
import { fieldLine } from './field-line.ts';

const control = `Source: hello
Build-Depends: libfoo2

Package: hello
Architecture: any
# libfoo2 is needed
Depends: \${shlibs:Depends}, libfoo2-dev,
 adduser,
# libfoo2 again
 nothing | libfoo2 (>= 2)
Conflicts: hello-other
Description: libfoo2

Architecture: all
Depends: libfoo2
Package: hello-doc
Description: a
`;

test.each([
  ['hello', 'Depends', 'libfoo2', 10],
  ['hello', 'Depends', 'adduser', 8],
  ['hello', 'depends', 'libfoo2-dev', 7],
  ['hello', 'Conflicts', 'hello-other', 11],
  // By a substitution variable.
  ['hello', 'Depends', 'libc6', 7],
  ['hello', 'Pre-Depends', 'libc6', 4],
  ['hello-doc', 'Depends', 'libfoo2', 15],
  ['absent', 'Depends', 'libfoo2', undefined],
])('in %s, %s names %s on line %s', (name, field, word, line) => {
  expect(fieldLine(control, { kind: 'field', package: name, field, word })).toBe(line);
});
