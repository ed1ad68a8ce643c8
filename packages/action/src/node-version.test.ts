import { expect, test } from '@jest/globals';
import { refuseOldNode } from './node-version.ts';

test('a Node that is too old is told, and is no bug of ours', () => {
  for (const version of ['18.20.4', '20.19.0', '22.12.0'])
    expect(() => refuseOldNode(version)).toThrowWithCode('E_HOST', /^this is Node .*needs Node 24/);
  for (const version of ['24.0.0', '26.1.0', process.versions.node]) refuseOldNode(version);
});
