/** The tests of test/integration, by the lintian of three distributions. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/lint-overrides.test.ts');

export {};
