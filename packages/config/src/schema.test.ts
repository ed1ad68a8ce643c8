import { expect, test } from '@jest/globals';
import { distributionNames } from '@release-kit/debian';
import { configSchema, loadConfig, previousText, readConfig } from './index.ts';

/** Every schema inside a schema, with its path. */
function* schemas(value: unknown, path = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const schema = value as Record<string, unknown>;
  yield [path, schema];
  for (const [key, child] of Object.entries((schema['properties'] ?? {}) as object)) yield* schemas(child, `${path}.${key}`);
  yield* schemas(schema['items'], `${path}[]`);
  yield* schemas(schema['additionalProperties'], `${path}.*`);
}

test('every map is closed, every key explained, every pattern said in words', () => {
  for (const [path, schema] of schemas(configSchema)) {
    if (schema['properties'] !== undefined) expect([path, schema['additionalProperties']]).toEqual([path, false]);
    if (schema['enum'] === undefined || !path.endsWith('[]')) expect([path, typeof schema['description']]).toEqual([path, 'string']);
    if (schema['pattern'] !== undefined) expect([path, typeof schema['patternErrorMessage']]).toEqual([path, 'string']);
  }
});

test('the defaults it shows to editors are those that are used', async () => {
  const config = await loadConfig(undefined);
  const { shared, architectures, distributions, build, matrix, lint, release } = configSchema.properties;
  expect(config.packages).toBeUndefined();
  expect(config.shared).toEqual(shared.default);
  expect(config.matrix.failFast).toBe(matrix.properties['fail-fast'].default);
  expect(config.architectures).toEqual(architectures.default);
  expect(config.distributions).toEqual(distributions.default);
  expect(config.build.strategy).toBe(build.properties.strategy.default);
  expect(config.lint.failOn).toBe(lint.properties['fail-on'].default);
  expect(config.release.draft).toBe(release.properties.draft.default);
  const { unreachable, recommends, previous, figures, autopkgtest, piuparts } = configSchema.properties.smoke.properties;
  expect(config.smoke).toMatchObject({
    ...{ unreachable: unreachable.default, recommends: recommends.default },
    figures: { exceeded: figures.properties.exceeded.default },
    ...{ autopkgtest: autopkgtest.default, piuparts: piuparts.default },
  });
  expect(previousText(config.smoke.previous)).toBe(previous.default);
});

test('every known distribution can be named', async () => {
  expect((await readConfig(`distributions: [${distributionNames.join(', ')}]`, 'f')).distributions).toEqual(distributionNames);
});
