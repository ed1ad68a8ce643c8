/** The tests of test/e2e, on every broken package and every script that does not end. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../e2e/hostile-packages.test.ts');

export {};
