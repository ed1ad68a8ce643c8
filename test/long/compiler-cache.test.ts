/** The tests of test/integration, with sccache as well. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/compiler-cache.test.ts');

export {};
