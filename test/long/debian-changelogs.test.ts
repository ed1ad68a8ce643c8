/** The tests of test/integration, on fifty source packages. */
process.env['RELEASE_KIT_TEST_ALL'] = '1';
await import('../integration/debian-changelogs.test.ts');

export {};
