/** The tests of test/integration, on all packages of the archive. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/command-line.test.ts');

export {};
