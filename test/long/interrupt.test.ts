/** The tests of test/e2e, at ten points of the run. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../e2e/interrupt.test.ts');

export {};
