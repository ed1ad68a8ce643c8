import { expect, test } from '@jest/globals';
import { explainPiuparts } from './piuparts-output.ts';

// As piuparts 1.1.7 prints it, shortened.
const output = `0m11.0s INFO: PASS: Installation test.
0m12.3s DEBUG: Command failed (status=1), but ignoring error: ['lsof', '-w', '+D', '/tmp/x']
0m12.9s ERROR: FAIL: Package purging left files on system:
  /etc/web/	 not owned
  /etc/web/made	 not owned
0m13.0s ERROR: FAIL: Installation, upgrade and purging tests.
0m14.0s ERROR: piuparts run ends.
`;

test('the first failure is the message, with what belongs to it as evidence', () => {
  expect(explainPiuparts(output)).toEqual({
    message: 'Package purging left files on system',
    evidence:
      'FAIL: Package purging left files on system:\n  /etc/web/\t not owned\n  /etc/web/made\t not owned\nFAIL: Installation, upgrade and purging tests.',
  });
});

test('a run that broke off shows its last lines', () => {
  const broken =
    'Traceback (most recent call last):\nPermissionError: [Errno 1] Operation not permitted\n\n0m1.0s ERROR: piuparts run ends.\n';
  expect(explainPiuparts(broken)).toEqual({
    message: 'it failed without saying why',
    evidence: 'Traceback (most recent call last):\nPermissionError: [Errno 1] Operation not permitted\n0m1.0s ERROR: piuparts run ends.',
  });
  expect(explainPiuparts('').message).toBe('it failed without saying why');
});
