/** The tests of test/e2e, with every script of a package. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../e2e/hostile-output.test.ts');

export {};
