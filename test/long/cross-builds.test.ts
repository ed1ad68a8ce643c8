/** The tests of test/integration, on the example with debhelper where they take less. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/cross-builds.test.ts');

export {};
