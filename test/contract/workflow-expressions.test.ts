// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { describe, expect, test } from '@jest/globals';
import { ConcurrencyGroups } from '../support/workflows/concurrency.ts';
import type { WorkflowEvent } from '../support/workflows/event.ts';
import { conditionHolds, ExpressionProblem, evaluateIn, type Scope, textIn } from '../support/workflows/expression.ts';
import { expandMatrix, legLabel } from '../support/workflows/matrix.ts';
import { defaultPermissions, excessOf, readOnlyPart, readPermissions } from '../support/workflows/permissions.ts';
import { SetUpProblem } from '../support/workflows/repositories.ts';
import { isStartedBy } from '../support/workflows/trigger.ts';
import { readWorkflow } from '../support/workflows/workflow-file.ts';

const scope: Scope = {
  contexts: {
    github: { ref: 'refs/heads/main', event: { title: "it's" } },
    needs: { a: { result: 'success', outputs: { list: '[1,"b"]' } } },
    matrix: null,
  },
  functions: { success: () => true, failure: () => false, cancelled: () => false, always: () => true },
};
const failed: Scope = { ...scope, functions: { ...scope.functions, success: () => false, failure: () => true } };

describe('expressions', () => {
  test.each([
    ['a ${{ github.ref }} b', 'a refs/heads/main b'],
    ['${{ github.REF }}', 'refs/heads/main'],
    ['${{ fromJSON(needs.a.outputs.list) }}', [1, 'b']],
    ['x${{ fromJSON(needs.a.outputs.list) }}', 'xArray'],
    ['${{ needs.nobody.outputs.x }}', null],
    ['x${{ needs.nobody.outputs.x }}', 'x'],
    ["${{ '}}' }}", '}}'],
    ["${{ github.event.title == 'IT''S' }}", true],
    ["${{ contains(needs.*.result, 'failure') }}", false],
    ['${{ matrix.x }}', null],
    ['${{ 1 == 1 && 2 }}', 2],
    ["${{ '' || 'b' }}", 'b'],
    ['plain', 'plain'],
    [{ '${{ github.ref }}': ['${{ true }}', 3] }, { 'refs/heads/main': [true, 3] }],
  ])('%j is %j', (text, value) => {
    expect(evaluateIn(text, scope)).toEqual(value);
  });

  test('null, true and numbers as text are what GitHub shows', () => {
    expect(['${{ null }}', '${{ true }}', '${{ 1.50 }}', '${{ github.event }}'].map((text) => textIn(text, scope))).toEqual([
      '',
      'true',
      '1.5',
      'Object',
    ]);
  });

  test.each(['${{ nobody.x }}', '${{ github.ref', '${{ 1 + 1 }}', "${{ fromJSON('') }}"])('%s is refused', (text) => {
    expect(() => evaluateIn(text, scope)).toThrow(ExpressionProblem);
  });
});

describe('conditions', () => {
  test.each([
    [undefined, true, false],
    ["github.ref == 'refs/heads/main'", true, false],
    ["${{ github.ref == 'refs/heads/main' }}", true, false],
    ["always() && github.ref == 'x'", false, false],
    ['always()', true, true],
    ['failure()', false, true],
    ["contains('success()', 'x')", false, false],
    ['!cancelled()', true, true],
    [false, false, false],
    // Text beside an expression makes a text, which is true.
    ['${{ false }} && false', true, false],
    ['${{ always() }} && false', true, true],
  ])('%j', (condition, afterSuccess, afterFailure) => {
    expect([conditionHolds(condition, scope), conditionHolds(condition, failed)]).toEqual([afterSuccess, afterFailure]);
  });
});

describe('matrices', () => {
  test('lists are multiplied, the first one slowest', () => {
    expect(expandMatrix({ a: [1, 2], b: ['x', 'y'] })).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ]);
  });

  test('the example of GitHub on include', () => {
    const include = [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ];
    expect(expandMatrix({ fruit: ['apple', 'pear'], animal: ['cat', 'dog'], include })).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });

  test('exclude takes out what it fits, before include', () => {
    expect(expandMatrix({ a: [1, 2], b: [1, 2], exclude: [{ a: 1 }, { a: 2, b: 2 }], include: [{ a: 1, b: 1 }] })).toEqual([
      { a: 2, b: 1 },
      { a: 1, b: 1 },
    ]);
  });

  test('include alone is a list of legs', () => {
    expect(expandMatrix({ include: [{ a: 1 }, { a: 1 }] })).toEqual([{ a: 1 }, { a: 1 }]);
  });

  test.each([
    [{ a: [] }, /'a' does not contain any values/],
    [{ include: [] }, /at least one vector/],
    [{ a: 'x' }, /not a list/],
    [{ a: Array.from({ length: 257 }, (_, index) => index) }, /257 legs/],
  ])('%j is refused', (matrix, problem) => {
    expect(() => expandMatrix(matrix)).toThrow(problem);
  });

  test('a leg is shown by its values, however deep', () => {
    expect(legLabel({ a: 'x', b: { c: [1, true] }, d: '', e: null })).toBe(' (x, 1, true)');
  });
});

describe('permissions', () => {
  test('what is not listed is none, and what is asked for beyond what is allowed is told', () => {
    const asked = readPermissions({ contents: 'write', actions: 'read', checks: 'none' }) ?? {};
    expect(excessOf(asked, { contents: 'read', actions: 'write' })).toBe(
      "is requesting 'contents: write', but is only allowed 'contents: read'",
    );
    expect(excessOf(asked, { contents: 'write' })).toBe("is requesting 'actions: read', but is only allowed 'actions: none'");
    expect(excessOf(asked, readPermissions('write-all') ?? {})).toBeUndefined();
  });

  test('unknown names and levels are refused', () => {
    expect(() => readPermissions({ content: 'read' })).toThrow(/no permission/);
    expect(() => readPermissions({ contents: 'admin' })).toThrow(/"admin"/);
  });

  test('a fork reads at most and has no identity', () => {
    expect(readOnlyPart({ contents: 'write', 'id-token': 'write', checks: 'none' })).toEqual({
      contents: 'read',
      'id-token': 'none',
      checks: 'none',
    });
    expect(defaultPermissions.restricted).toEqual({ contents: 'read', packages: 'read' });
  });
});

describe('concurrency groups', () => {
  test('one runs, one waits, and a third takes the place of the one that waits', async () => {
    const groups = new ConcurrencyGroups();
    const cancelled: string[] = [];
    const join = (name: string, inProgress = false) => groups.join('A group', inProgress, () => cancelled.push(name));
    const [first, second, third] = [join('first'), join('second'), join('third')];
    expect(await first.turn).toBe(true);
    expect(await second.turn).toBe(false);
    const other = groups.join('a GROUP', true, () => undefined);
    expect(await third.turn).toBe(false);
    expect(cancelled).toEqual(['first']);
    first.leave();
    expect(await other.turn).toBe(true);
  });
});

describe('triggers', () => {
  const started = async (on: string, ref: string, more: Partial<WorkflowEvent> = {}): Promise<boolean> => {
    const file = await readWorkflow(`on:\n  ${on}\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: "true" }]\n`, 'w.yml');
    return isStartedBy(file, { name: 'push', payload: {}, ref, sha: '', actor: 'a', ...more });
  };

  test.each([
    ['push:', 'refs/heads/main', true],
    ['push:', 'refs/tags/v1', true],
    ['pull_request:', 'refs/heads/main', false],
    ["push: { tags: ['v*'] }", 'refs/tags/v1.2.3-rc.1', true],
    ["push: { tags: ['v*'] }", 'refs/heads/v1', false],
    ["push: { tags: ['v*'] }", 'refs/tags/hello/v1', false],
    ["push: { tags: ['**'] }", 'refs/tags/hello/v1', true],
    ["push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] }", 'refs/tags/v10.2.3', true],
    ["push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] }", 'refs/tags/v1x2x3', false],
    ["push: { tags: ['v*', '!v*-rc*'] }", 'refs/tags/v1-rc1', false],
    ["push: { tags: ['v*', '!v*-rc*'] }", 'refs/tags/v1', true],
    ['push: { branches: [main] }', 'refs/tags/main', false],
    ['push: { branches: [main] }', 'refs/heads/main', true],
    ['push: { branches-ignore: [main] }', 'refs/heads/main', false],
    ["push: { branches: [main], tags: ['v*'] }", 'refs/tags/v1', true],
  ])('%s and %s', async (on, ref, result) => {
    expect(await started(on, ref)).toBe(result);
  });

  test('a pull request starts by its base and by what happened to it', async () => {
    const event = (action: string) => ({ name: 'pull_request', payload: { action }, baseRef: 'main', headRef: 'x' });
    expect(await started('pull_request:', '', event('synchronize'))).toBe(true);
    expect(await started('pull_request:', '', event('edited'))).toBe(false);
    expect(await started('pull_request: { types: [edited] }', '', event('edited'))).toBe(true);
    expect(await started('pull_request: { branches: [x] }', '', event('opened'))).toBe(false);
    await expect(started('pull_request: { paths: [a] }', '', event('opened'))).rejects.toThrow(SetUpProblem);
  });
});
