/** The tests of test/e2e, with every base system of the pipeline. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../e2e/remote-cache.test.ts');

export {};
