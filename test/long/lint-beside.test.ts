/** The tests of test/integration, by the tools of two distributions. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/lint-beside.test.ts');

export {};
