/** The tests of test/integration, on all source packages of the table. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/strategies.test.ts');

export {};
