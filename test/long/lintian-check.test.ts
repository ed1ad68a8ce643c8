/** The tests of test/integration, with every field that lintian trips over. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/lintian-check.test.ts');

export {};
