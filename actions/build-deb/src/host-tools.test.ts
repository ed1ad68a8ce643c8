import { expect, test } from '@jest/globals';
import { requireTools } from './host-tools.ts';

test('all missing tools are named at once, with their packages', () => {
  expect(() => requireTools([])).not.toThrow();
  const missing = [
    { program: 'mmdebstrap', package: 'mmdebstrap', why: 'makes base systems' },
    { program: 'systemd-nspawn', package: 'systemd-container', why: 'runs machines' },
  ];
  expect(() => requireTools(missing)).toThrowWithCode(
    'E_TOOL_MISSING',
    /mmdebstrap \(.*systemd-nspawn \(package systemd-container: runs machines\)/,
  );
});
