/** The tests of test/e2e, on every broken example. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../e2e/broken.test.ts');

export {};
