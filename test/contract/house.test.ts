import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { errorCatalog } from '@release-kit/action/errors';
import { staleFiles } from '../../scripts/rendering/rendered-files.ts';
import { actionProblems, errorCodeProblems } from '../support/house/action-folders.ts';
import { dependencyProblems, lockProblems } from '../support/house/dependencies.ts';
import { importProblems } from '../support/house/layers.ts';
import { lazyImportProblems } from '../support/house/lazy-imports.ts';
import { readTree } from '../support/house/source-tree.ts';
import { addressProblems, lengthProblems, trickProblems } from '../support/house/text-rules.ts';
import { workflowProblems } from '../support/house/workflow-rules.ts';

const root = join(import.meta.dirname, '../..');
const tree = await readTree(root);

describe('the house', () => {
  test('the tree that is looked at is the whole one', () => {
    for (const file of [
      'packages/action/src/spawn.ts',
      'actions/build-deb/src/spec.ts',
      '.github/workflows/.ci.yml',
      'scripts/test.sh',
      '.ci/run',
      'package-lock.json',
    ]) {
      expect([...tree.keys()]).toContain(file);
    }
  });
  test('every rendered file is fresh', async () => expect(await staleFiles(root)).toEqual([]));
  test('imports go down only', () => expect(importProblems(tree)).toEqual([]));
  test('what is heavy loads late', () => expect(lazyImportProblems(tree)).toEqual([]));
  test('package.json, tsconfig.json and imports agree', () => expect(dependencyProblems(tree)).toEqual([]));
  test('the lock files have a digest for every package', () => expect(lockProblems(tree)).toEqual([]));
  test('every action is complete', () => expect(actionProblems(tree)).toEqual([]));
  test('every error code is used and documented', () => expect(errorCodeProblems(tree, Object.keys(errorCatalog))).toEqual([]));
  test('workflows keep the rules', () => expect(workflowProblems(tree)).toEqual([]));
  test('no address of a package host, no path of one machine', () => expect(addressProblems(tree)).toEqual([]));
  test('no file is longer than 250 lines, no test than 400', () => expect(lengthProblems(tree)).toEqual([]));
  test('no shortcuts in packages and actions', () => expect(trickProblems(tree)).toEqual([]));
});
